using System.Globalization;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>The values that records leave for their keys, numbers.</summary>
internal static class KeyedRecords
{
    /// <summary>The values of the highest version, as rows with several writers publish them (design rule 7).</summary>
    public static Dictionary<long, byte[]?> Newest(IEnumerable<KafkaRecord> records) =>
        records.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.MaxBy(VersionOf)!.Value);

    /// <summary>The last values.</summary>
    public static Dictionary<long, byte[]?> Last(IEnumerable<KafkaRecord> records) =>
        records.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.Last().Value);

    private static long KeyOf(KafkaRecord record) => Serdes.Int64.Deserialize(record.Key);

    private static long VersionOf(KafkaRecord record) =>
        long.Parse(Array.FindLast(record.Headers, header => header.Key == HeaderNames.Version)!.GetValueAsString()!, CultureInfo.InvariantCulture);
}
