using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>64-bit hashes of bytes (FNV-1a), so that millions of records can be compared without being kept.</summary>
internal static class Fingerprint
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Hash of bytes; null and empty differ.</summary>
    public static ulong Of(byte[]? bytes) => bytes is null ? 0 : Extend(Basis, bytes);

    /// <summary>Hash of key, value and identity of a record.</summary>
    public static ulong OfCopy(in InputRecord record, ReadOnlySpan<byte> identity) =>
        Extend((Of(record.Key) * Prime) ^ Of(record.Value), identity);

    private static ulong Extend(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }
}
