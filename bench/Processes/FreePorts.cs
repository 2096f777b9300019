using System.Net;
using System.Net.Sockets;

namespace KafkaFunctions.Bench.Processes;

/// <summary>Finds ports that nothing listens on.</summary>
internal static class FreePorts
{
    /// <summary>Different free loopback ports.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
