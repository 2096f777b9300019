namespace KafkaFunctions.Streams.Tests.Serialization;

public sealed record Person(string Name, int Age);
