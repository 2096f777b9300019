using System.Buffers.Binary;
using System.Globalization;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>A record for somebody who reads a trace.</summary>
internal static class ShownRecord
{
    public static string Of(KafkaRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"@{record.Offset} {Bytes(record.Key)}={Bytes(record.Value)} {Header(record, HeaderNames.Identity)} {Header(record, HeaderNames.Version)}");

    private static string Bytes(byte[]? bytes) => bytes is null ? "-" : bytes.Length % sizeof(long) > 0
        ? Convert.ToHexString(bytes)
        : string.Join(':', bytes.Chunk(sizeof(long)).Select(number => BinaryPrimitives.ReadInt64BigEndian(number)));

    private static string? Header(KafkaRecord record, string name) => Array.FindLast(record.Headers, header => header.Key == name)?.GetValueAsString();
}
