using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Embedded.Telemetry;

/// <summary>What a file tells of itself. Safe for concurrent use.</summary>
internal sealed class FileInstruments
{
    public const string Log = "log";
    public const string State = "state";

    private readonly KeyValuePair<string, object?> _file;
    private readonly Histogram<double> _transactions;

    /// <param name="meter">The library's meter.</param>
    /// <param name="file">Which file: <see cref="Log"/> or <see cref="State"/>.</param>
    /// <param name="path">Its path.</param>
    public FileInstruments(Meter meter, string file, string path)
    {
        _file = new("file", file);
        _transactions = meter.CreateHistogram(
            "kafkafunctions.embedded.transaction.duration", "s", "How long a transaction took, its flush to the disk included.", advice: Durations.Advice);
        _ = meter.CreateObservableUpDownCounter(
            "kafkafunctions.embedded.file.size", () => new Measurement<long>(SizeOf(path), _file), "By", "Size of the file, without its write-ahead log.");
    }

    public void Committed(TimeSpan duration) => _transactions.Record(duration.TotalSeconds, _file);

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
