namespace KafkaFunctions.Embedded.Records;

/// <summary>Consecutive records of one partition, encoded.</summary>
/// <param name="Count">Number of records.</param>
/// <param name="Bytes">The records.</param>
internal readonly record struct EncodedRecords(int Count, byte[] Bytes);
