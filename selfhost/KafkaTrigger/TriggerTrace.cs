using System.Globalization;
using KafkaFunctions.Streams.Brokers.Consuming;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Writes who owned which partition and ran which batch when, one line per event, for finding out whether two owners
/// were ever at work at once. Setting <c>KafkaTrigger__TraceFile</c>; off where it is empty. Safe for concurrent use.</summary>
/// <remarks>Columns: UTC ticks of 100 ns, function, partition, <c>assigned</c>, <c>revoked</c>, <c>start</c> or <c>end</c>, first
/// and next offset of the batch.</remarks>
internal sealed class TriggerTrace(string path, TimeProvider time) : IDisposable
{
    public const string Setting = "KafkaTrigger:TraceFile";

    private readonly Lock _lock = new();
    private readonly StreamWriter _writer = new(path, append: true) { AutoFlush = true };

    public IAssignmentObserver Observe(string function) => new Observer(this, function);

    public void Batch(string function, int partition, string kind, long firstOffset, long nextOffset) =>
        Write(function, partition, kind, string.Create(CultureInfo.InvariantCulture, $"{firstOffset},{nextOffset}"));

    public void Dispose() => _writer.Dispose();

    private void Write(string function, int partition, string kind, string offsets)
    {
        lock (_lock)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().Ticks},{function},{partition},{kind},{offsets}"));
        }
    }

    private sealed class Observer(TriggerTrace trace, string function) : IAssignmentObserver
    {
        public void Assigned(IReadOnlyList<int> partitions) => Write(partitions, "assigned");

        public void Revoked(IReadOnlyList<int> partitions) => Write(partitions, "revoked");

        private void Write(IReadOnlyList<int> partitions, string kind)
        {
            foreach (var partition in partitions)
            {
                trace.Write(function, partition, kind, ",");
            }
        }
    }
}
