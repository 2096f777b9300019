using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.Streams.State;

/// <summary>How state is kept. Section <c>State</c> of the settings.</summary>
public sealed class StateOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "State";

    /// <summary>Number of buckets that the keys of a new store are spread over; fixed once the store is there. More buckets: more
    /// writes at the same time; fewer: more rows in one transaction. Default 64. Setting <c>State__Buckets</c>.</summary>
    [Range(1, StateLimits.MaxBuckets)]
    public int Buckets { get; set; } = StateLimits.DefaultBuckets;

    /// <summary>Number of buckets of single stores, by the store's name. Setting <c>State__Stores__NAME__Buckets</c>, with <c>_</c> for each
    /// <c>-</c> of the name.</summary>
    public IDictionary<string, int> BucketsOf { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Bytes of rows that are kept in memory, of all stores together; those used last stay. Default 64 MiB. Setting
    /// <c>State__CacheBytes</c>.</summary>
    [Range(typeof(long), "0", "9223372036854775807")]
    public long CacheBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How often a batch's rows are written in all, when other instances write them in between, before the invocation
    /// fails and is run again. Default 20. Setting <c>State__MaxWriteAttempts</c>.</summary>
    [Range(1, 1000)]
    public int MaxWriteAttempts { get; set; } = 20;

    /// <summary>How long the last record of an upstream path is remembered after it came, to recognise copies: at least as long
    /// as source topics keep their records. Default 30 days. Setting <c>State__PathRetention</c>.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan PathRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the row of a key whose windows, or records of a join, are all gone stays after its last write, in wall time. An instance that lost a
    /// partition and goes on later than this may count old records anew. Default an hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepEmptyRows { get; set; } = TimeSpan.FromHours(1);

    internal int BucketsFor(string store) => BucketsOf.TryGetValue(store, out var buckets) ? buckets : Buckets;

    /// <summary>How windows of a key are divided between its row and pages: tests make pages small.</summary>
    internal Windows.Timelines.TimelineLimits Timelines { get; set; } = Windows.Timelines.TimelineLimits.Default;
}
