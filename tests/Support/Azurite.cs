using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KafkaFunctions.TestSupport;

/// <summary>An Azurite table service of its own, in memory. It ends with this process, however that ends.</summary>
/// <remarks>Azurite loses what it acknowledged when it is killed: tests kill what uses it, never Azurite.</remarks>
public sealed class Azurite : IAsyncDisposable
{
    // Azurite's well-known account, which every copy of it has.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    // SIGINT is the signal that Azurite handles. The pipe that the shell reads from is closed by the system when this process dies.
    private const string Supervise =
        """
        "$@" >/dev/null 2>&1 </dev/null &
        azurite=$!
        read -r _
        kill -INT "$azurite"
        wait "$azurite" 2>/dev/null
        """;

    private readonly int _port = FreePort();
    private Process? _shell;

    private Azurite()
    {
    }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/{Account}");

    public string ConnectionString => ConnectionStringOf(Endpoint);

    public static string ConnectionStringOf(string endpoint) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint={endpoint};";

    /// <summary>Starts one and waits until it answers. Installs it first where <c>AZURITE_HOME</c> names none.</summary>
    public static async Task<Azurite> StartAsync()
    {
        var program = await AzuriteProgram.FindAsync();
        var azurite = new Azurite();
        try
        {
            azurite.Start(program);
            await azurite.WaitUntilAnsweringAsync();
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is { } shell)
        {
            _shell = null;
            shell.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await shell.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                shell.Kill(entireProcessTree: true);
            }

            shell.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Start(string program)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true };
        string[] arguments =
        [
            "-c", Supervise, "azurite", "node", program, "--tableHost", "127.0.0.1", "--tablePort", _port.ToString(CultureInfo.InvariantCulture),
            "--inMemoryPersistence", "--disableTelemetry", "--silent",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            _shell = Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException("Azurite needs bash and Node to run. Install them, or set AZURITE_TABLE_ENDPOINT to a running one.", missing);
        }
    }

    private async Task WaitUntilAnsweringAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                // Refused for want of a signature: that is an answer.
                using var answer = await client.GetAsync(new Uri(Endpoint));
                return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException && clock.Elapsed < StartLimit)
            {
            }
        }
    }
}
