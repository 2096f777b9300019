using System.Net;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.SelfHost.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>The host's HTTP side: Kestrel and the endpoints.</summary>
internal static class WebServer
{
    /// <summary>Adds Kestrel.</summary>
    public static void Use(WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddCors();
        builder.Services.AddSingleton<HttpOrigin>();
    }

    /// <summary>Lets Kestrel listen on the address of the settings, whatever other settings of ASP.NET Core say. Not for commands:
    /// what is wrong with the address is nothing to them.</summary>
    public static void Listen(WebApplicationBuilder builder, int? port)
    {
        builder.Services.AddSingleton(provider => ListenAddress.Read(
            provider.GetRequiredService<IConfiguration>(), port, provider.GetRequiredService<FunctionKeys>()));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ListenAddress>(Listen);
    }

    /// <summary>Maps functions, administration, health and metrics.</summary>
    public static void Map(WebApplication web)
    {
        web.UseRouting();
        if (web.Configuration[HostSettings.Cors] is { Length: > 0 } origins)
        {
            var credentials = string.Equals(web.Configuration[HostSettings.CorsCredentials], bool.TrueString, StringComparison.OrdinalIgnoreCase);
            web.UseCors(policy => AllowOrigins(policy, origins, credentials));
        }

        web.Services.GetRequiredService<FunctionEndpoints>().Map(web);
        web.Services.GetRequiredService<AdminEndpoints>().Map(web);
        web.MapHealthChecks(HealthPaths.Live, new HealthCheckOptions { Predicate = _ => false });
        web.MapHealthChecks(HealthPaths.Ready);
        if (!HostTelemetry.IsDisabled(web.Configuration))
        {
            web.MapPrometheusScrapingEndpoint(HealthPaths.Metrics);
        }
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address)
    {
        options.AddServerHeader = false;
        switch (address)
        {
            // A free port is found for one address only.
            case { Address: null, Port: 0 }:
                options.Listen(IPAddress.Loopback, 0);
                break;
            case { Address: null }:
                options.ListenLocalhost(address.Port);
                break;
            case { Address: var any } when any.Equals(IPAddress.IPv6Any):
                options.ListenAnyIP(address.Port);
                break;
            default:
                options.Listen(address.Address, address.Port);
                break;
        }
    }

    private static void AllowOrigins(CorsPolicyBuilder policy, string origins, bool credentials)
    {
        string[] allowed = origins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        policy.WithOrigins(allowed).AllowAnyHeader().AllowAnyMethod();
        if (credentials && !allowed.Contains("*"))
        {
            policy.AllowCredentials();
        }
    }
}
