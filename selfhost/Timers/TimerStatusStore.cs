using System.Text.Json;
using KafkaFunctions.SelfHost.Hosting;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Timers;

/// <summary>Keeps where timers stand, one file per function below the data directory, so that a restart knows what it missed.</summary>
internal sealed class TimerStatusStore(IConfiguration configuration)
{
    private readonly string _folder = Path.Combine(Path.GetFullPath(configuration[HostSettings.DataDirectory] ?? ".data"), "timers");

    /// <summary>A function's status; null where there is none yet, or none that can be read.</summary>
    public async Task<TimerStatus?> ReadAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            var stream = File.OpenRead(FileOf(function));
            await using var disposal = stream.ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(stream, TimerJson.Default.TimerStatus, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The status cannot be written.</exception>
    public async Task WriteAsync(string function, TimerStatus status, CancellationToken cancellationToken)
    {
        // Written beside and moved: a crash leaves the old status or the new one, never half of one.
        Directory.CreateDirectory(_folder);
        var file = FileOf(function);
        var written = file + ".new";
        await File.WriteAllTextAsync(written, JsonSerializer.Serialize(status, TimerJson.Default.TimerStatus), cancellationToken).ConfigureAwait(false);
        File.Move(written, file, overwrite: true);
    }

    private string FileOf(string function) => Path.Combine(_folder, function + ".json");
}
