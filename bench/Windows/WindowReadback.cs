using System.Buffers.Binary;
using Confluent.Kafka;
using KafkaFunctions.Bench.Count;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Windows;

/// <summary>The counts by key and window that stand in a part of the output topic, in Kafka's own form of windowed keys.</summary>
/// <param name="kind">The windows.</param>
/// <param name="workload">The input.</param>
/// <param name="keys">How many keys there are.</param>
/// <param name="expected">What follows from the input.</param>
internal sealed class WindowReadback(
    WindowKind kind, WindowWorkload workload, int keys, Dictionary<(int Key, long Start, long End), long> expected) : Readback(keys)
{
    private readonly Dictionary<(int Key, long Start, long End), long> _counts = [];

    public override string? FindDifference()
    {
        foreach (var (window, count) in expected)
        {
            if (_counts.GetValueOrDefault(window) != count)
            {
                return $"{Show(window)} has {_counts.GetValueOrDefault(window)} instead of {count}";
            }
        }

        return _counts.Count == expected.Count ? null : $"{Show(_counts.Keys.First(window => !expected.ContainsKey(window)))} is no window of the input";
    }

    protected override (int Key, int Record)? Take(Message<byte[], byte[]> message)
    {
        if (Read(message.Key) is not { } window || message.Value is { Length: not sizeof(long) })
        {
            Problem ??= "a record that is no count of a window";
            return null;
        }

        if (message.Value is null)
        {
            // Of sessions that became one.
            _counts.Remove(window);
        }
        else
        {
            var count = BinaryPrimitives.ReadInt64BigEndian(message.Value);
            if (count <= _counts.GetValueOrDefault(window))
            {
                Problem ??= $"{Show(window)} goes from {_counts[window]} to {count}";
            }

            _counts[window] = count;
        }

        return (window.Key, workload.FindId(message.Timestamp.UnixTimestampMs));
    }

    private static string Show((int Key, long Start, long End) window) => $"key {window.Key} from {window.Start} to {window.End}";

    private (int Key, long Start, long End)? Read(ReadOnlySpan<byte> bytes)
    {
        var times = kind == WindowKind.Sessions ? 2 : 1;
        var key = bytes.Length > times * sizeof(long) ? CountWorkload.FindKey(bytes[..^(times * sizeof(long))]) : -1;
        if (key < 0 || key >= Keys)
        {
            return null;
        }

        var start = BinaryPrimitives.ReadInt64BigEndian(bytes[^sizeof(long)..]);
        var end = times == 1 ? start + ExpectedCounts.SizeOf(kind) : BinaryPrimitives.ReadInt64BigEndian(bytes[^(2 * sizeof(long))..]);
        return (key, start, end);
    }
}
