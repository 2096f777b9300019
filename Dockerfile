# syntax=docker/dockerfile:1

# The app on the self-host. docs/deploy-containers.md says how to build and run it.
# Tags get security fixes: build with --pull, or give images by digest as build arguments.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

# Builds on the builder's own platform, for the image's: no emulation.
FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source
COPY . .
# The packages of the lock files, with their hashes, or none.
RUN dotnet restore functions --locked-mode
# Compiled ahead for one platform, which halves the processor time of a start.
ARG TARGETARCH
RUN dotnet publish functions --configuration Release --arch "${TARGETARCH:-amd64}" --output /out
RUN mkdir /data

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="KafkaFunctions" \
      org.opencontainers.image.description="Event functions on Kafka topics, on the self-host" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY --from=build /out .
# 1654 is the user 'app' of Microsoft's images. The image has no shell, so the folder comes from the other stage.
COPY --from=build --chown=1654:1654 /data /data
ENV DataDirectory=/data
USER 1654
EXPOSE 7071
VOLUME /data
STOPSIGNAL SIGTERM
# Whether the process answers; /health/ready also waits for topics, which a restart would not bring.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["./KafkaFunctions.App", "health", "--live"]
ENTRYPOINT ["./KafkaFunctions.App"]
