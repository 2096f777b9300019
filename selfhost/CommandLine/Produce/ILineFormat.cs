using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>How a line of the input becomes a record.</summary>
internal interface ILineFormat
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="headers">Headers of every record.</param>
    /// <param name="record">The record; null where the line holds none.</param>
    /// <returns>What is wrong with the line; null where nothing is.</returns>
    string? TryRead(ReadOnlySpan<byte> line, RecordHeader[] headers, out OutputRecord? record);
}
