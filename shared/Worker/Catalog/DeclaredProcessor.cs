using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Worker.Catalog;

/// <summary>A processor that no class with a function has in a field; registered as a service, its stores are known all the same.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Processor">Its processor.</param>
internal sealed record DeclaredProcessor(string Function, StreamProcessor Processor);
