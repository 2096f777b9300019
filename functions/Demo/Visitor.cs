using System.Text;

namespace KafkaFunctions.App.Demo;

/// <summary>Someone, or something, on the site.</summary>
/// <param name="address">Its address.</param>
/// <param name="userAgent">What it calls itself.</param>
/// <param name="user">The name it logged in with; null for none.</param>
internal sealed class Visitor(string address, string userAgent, string? user = null)
{
    /// <summary>Its address.</summary>
    public string Address { get; } = address;

    /// <summary>The key of its lines.</summary>
    public byte[] Key { get; } = Encoding.ASCII.GetBytes(address);

    /// <summary>What it calls itself.</summary>
    public string UserAgent { get; } = userAgent;

    /// <summary>The name it logged in with; null for none.</summary>
    public string? User { get; } = user;

    /// <summary>The page it is on; null before its first.</summary>
    public string? Page { get; set; }
}
