using System.Net;
using KafkaFunctions.SelfHost.Hosting;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>Where the host listens.</summary>
/// <param name="Address">The address; null for this machine only, by its name localhost.</param>
/// <param name="Port">The port; 0 for any free one.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    public const int DefaultPort = 7071;

    private const string AddressVariable = "Host__Address";

    /// <exception cref="SelfHostException">The settings are wrong, or open the host to others without a key.</exception>
    public static ListenAddress Read(IConfiguration configuration, int? port, FunctionKeys keys)
    {
        var address = ReadAddress(configuration[HostSettings.Address], keys);
        return new ListenAddress(address, port ?? ReadPort(configuration[HostSettings.LocalHttpPort]));
    }

    private static IPAddress? ReadAddress(string? text, FunctionKeys keys)
    {
        IPAddress? address;
        switch (text)
        {
            case null or "":
                return keys.AreSet ? IPAddress.IPv6Any : null;
            case "localhost":
                return null;
            case "*" or "+" or "0.0.0.0" or "::":
                address = IPAddress.IPv6Any;
                break;
            default:
                if (!IPAddress.TryParse(text, out address))
                {
                    throw new SelfHostException($"{AddressVariable} is '{text}'; it must be an IP address, localhost, or * for all addresses.");
                }

                break;
        }

        return keys.AreSet || IPAddress.IsLoopback(address)
            ? address
            : throw new SelfHostException(
                $"{AddressVariable} is '{text}', but no FunctionKey is set: whoever reaches this machine could call its functions. Set FunctionKey, or leave {AddressVariable} out to listen on this machine only.");
    }

    private static int ReadPort(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultPort
        : int.TryParse(text, out var port) && port is >= 0 and <= IPEndPoint.MaxPort ? port
        : throw new SelfHostException($"Host.LocalHttpPort is '{text}'; it must be a port from 0 to {IPEndPoint.MaxPort}.");
}
