namespace KafkaFunctions.Worker.Catalog;

/// <summary>A Kafka output of a function, its settings resolved.</summary>
/// <param name="Binding">Name of the binding: <c>$return</c>, or the property of the returned type.</param>
/// <param name="Broker">Bootstrap servers, or <c>embedded</c>.</param>
/// <param name="Topic">Topic that it writes.</param>
internal sealed record KafkaOutputBinding(string Binding, string Broker, string Topic)
{
    public const string Return = "$return";
}
