using System.Text.Json.Serialization;

namespace KafkaFunctions.Streams.Tests.Serialization;

[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(int))]
public sealed partial class PersonContext : JsonSerializerContext;
