using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>Where the lines of the input go, and how they become records.</summary>
internal sealed record ProduceRequest(string Topic, ILineFormat Format, RecordHeader[] Headers);
