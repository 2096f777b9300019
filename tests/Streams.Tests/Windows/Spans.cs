namespace KafkaFunctions.Streams.Tests.Windows;

internal static class Spans
{
    public static TimeSpan Ms(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
