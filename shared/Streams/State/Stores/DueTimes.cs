using System.Collections.Concurrent;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>The earliest time at which something is due in each bucket, by source partition: what this instance has read and written.
/// It saves looking where nothing is due; what it does not know of is found when everything is looked at. Safe for concurrent use.</summary>
internal sealed class DueTimes(int buckets)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, Bucket[]> _times = new();
    private readonly ConcurrentDictionary<int, long> _looks = new();
    private readonly ConcurrentDictionary<StateBucket, long> _undrained = new();
    private long _mentions;
    private long _additions;

    /// <summary>Buckets where results may wait to be published, as far as this instance knows, each with a number of its latest
    /// mention.</summary>
    public IReadOnlyDictionary<StateBucket, long> Undrained => _undrained;

    /// <summary>What stands here for a source partition: what is held of it has a clock of its own.</summary>
    public static int ClockOf(DueKind kind, int source) => kind == DueKind.Release ? ~source : source;

    /// <summary>Notes that results may wait in a bucket to be published.</summary>
    public void MarkUndrained(StateBucket bucket) => _undrained[bucket] = Interlocked.Increment(ref _mentions);

    /// <summary>Notes that none wait any more, unless the bucket was mentioned again.</summary>
    public void MarkDrained(StateBucket bucket, long mention) => _undrained.TryRemove(KeyValuePair.Create(bucket, mention));

    /// <summary>Notes that something is due.</summary>
    public void Add(int source, StateBucket bucket, long time)
    {
        var times = Of(source);
        lock (times)
        {
            ref var known = ref times[bucket.Number];
            known = new Bucket(Math.Min(known.Time, time), Interlocked.Increment(ref _additions));
        }
    }

    /// <summary>What <see cref="Set"/> is told of a look that begins now.</summary>
    public long BeginLook() => Interlocked.Read(ref _additions);

    /// <summary>Notes what a look has found: nothing is due before a time. Unless something was added meanwhile, which the look may not
    /// have seen.</summary>
    public void Set(int source, StateBucket bucket, long time, long begun)
    {
        var times = Of(source);
        lock (times)
        {
            ref var known = ref times[bucket.Number];
            if (known.Addition <= begun)
            {
                known = known with { Time = time };
            }
        }
    }

    /// <summary>The buckets where something may be due by a time.</summary>
    public List<StateBucket> By(int source, long time)
    {
        var times = Of(source);
        var due = new List<StateBucket>();
        lock (times)
        {
            for (var i = 0; i < times.Length; i++)
            {
                if (times[i].Time <= time)
                {
                    due.Add(new StateBucket(i));
                }
            }
        }

        return due;
    }

    /// <summary>Forgets from time to time what is known of a source partition, and after a <see cref="Doubt"/>, so that all of it is looked
    /// at anew.</summary>
    /// <returns>Whether nothing is known now.</returns>
    public bool StartsAnew(int source, TimeProvider time)
    {
        if (_looks.TryGetValue(source, out var last) && time.GetElapsedTime(last) < LookEvery)
        {
            return false;
        }

        _looks[source] = time.GetTimestamp();
        Forget(source);
        return true;
    }

    /// <summary>Notes that another instance may have been at work on a source partition, or a run that failed: what it has written is not
    /// known here.</summary>
    public void Doubt(int source) => _looks.TryRemove(source, out _);

    /// <summary>Forgets what is known of a source.</summary>
    public void Forget(int source)
    {
        var times = Of(source);
        lock (times)
        {
            for (var i = 0; i < times.Length; i++)
            {
                times[i] = new Bucket(long.MinValue, Interlocked.Increment(ref _additions));
            }
        }
    }

    private Bucket[] Of(int source) => _times.GetOrAdd(source, static (_, buckets) => [.. Enumerable.Repeat(new Bucket(long.MinValue, 0), buckets)], buckets);

    /// <param name="Time">The earliest time at which something is due.</param>
    /// <param name="Addition">Number of the last <see cref="Add"/>.</param>
    private readonly record struct Bucket(long Time, long Addition);
}
