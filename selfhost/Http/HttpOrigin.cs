using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>Where the running host is reached.</summary>
internal sealed class HttpOrigin(IServer server, ListenAddress address)
{
    /// <summary>Such as <c>http://localhost:7071</c>.</summary>
    public string Text
    {
        get
        {
            var port = BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
            var local = address.Address is null || IPAddress.IsLoopback(address.Address) || address.Address.Equals(IPAddress.IPv6Any);
            return $"http://{(local ? "localhost" : address.Address!.ToString())}:{port}";
        }
    }
}
