namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Why a record could not be applied, as a row keeps it.</summary>
internal sealed record PoisonReason(string ErrorType, string Message, int Attempts);
