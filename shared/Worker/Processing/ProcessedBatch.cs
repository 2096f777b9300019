using KafkaFunctions.Streams.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Processing;

/// <summary>A batch and what became of it, handed from the function to the middleware through the invocation's items.</summary>
/// <param name="Records">The records that the trigger delivered.</param>
/// <param name="Result">Outputs and the outcome of each record.</param>
internal sealed record ProcessedBatch(KafkaRecord[] Records, StreamResult Result);
