using System.Net.Sockets;
using KafkaFunctions.Kafka;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.Streams;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Failures whose message says all that a user needs: told without a stack trace.</summary>
internal static class ExpectedFailure
{
    /// <summary>What such a line begins with on standard error.</summary>
    public const string Prefix = "error: ";

    /// <summary>What is wrong and how to mend it, one line each; null for a failure that nobody expected.</summary>
    public static IReadOnlyList<string>? Explain(Exception failure) => failure switch
    {
        SelfHostException wrong => wrong.Errors,
        KafkaSettingsException wrong => wrong.Errors,
        KafkaFunctionsException => [failure.Message],
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };

    /// <summary>Says that the host cannot listen, where that is what happened.</summary>
    public static SelfHostException? OfListening(Exception failure, ListenAddress address) =>
        FindSocketError(failure) switch
        {
            null => null,
            SocketError.AddressAlreadyInUse => new SelfHostException(
                $"Port {address.Port} is in use. Choose another with --port N, or with Host.LocalHttpPort in local.settings.json.", failure),
            SocketError.AccessDenied => new SelfHostException(
                $"Port {address.Port} may not be opened by this user. Choose one above 1023 with --port N.", failure),
            var other => new SelfHostException(
                $"The host cannot listen on {address.Address?.ToString() ?? "localhost"}:{address.Port} ({other}). Check Host__Address and --port.", failure),
        };

    private static SocketError? FindSocketError(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }
}
