namespace KafkaFunctions.App.Demo;

/// <summary>A line of an access log that never was.</summary>
/// <param name="Key">The visitor's address.</param>
/// <param name="Line">The line, without a line end.</param>
/// <param name="Time">When the request was made.</param>
/// <param name="IsMalformed">Whether the line is broken on purpose.</param>
internal readonly record struct GeneratedLine(byte[] Key, byte[] Line, DateTimeOffset Time, bool IsMalformed);
