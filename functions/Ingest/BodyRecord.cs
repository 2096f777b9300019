namespace KafkaFunctions.App.Ingest;

/// <summary>A record of a request's body.</summary>
/// <param name="Key">The key that the record itself holds; null where none was asked for.</param>
/// <param name="Value">The record's bytes as they were sent.</param>
/// <param name="ByteOffset">Where in the body it begins.</param>
internal readonly record struct BodyRecord(byte[]? Key, byte[] Value, int ByteOffset);
