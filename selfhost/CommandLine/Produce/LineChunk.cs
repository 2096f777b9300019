using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>Records of some lines of the input.</summary>
/// <param name="Records">The records, in the order of their lines.</param>
/// <param name="LastLine">Number of the last line that they cover; the first line of the input is 1.</param>
/// <param name="Problem">What is wrong with the line after that; null where nothing is.</param>
internal sealed record LineChunk(IReadOnlyList<OutputRecord> Records, long LastLine, string? Problem);
