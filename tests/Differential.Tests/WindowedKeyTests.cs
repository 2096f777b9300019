using System.Globalization;
using CsCheck;
using KafkaFunctions.Differential.Tests.Driver;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Differential.Tests;

/// <summary>Windowed keys as this project writes them, read by Kafka's own classes; and what those write of them, read back.</summary>
public sealed class WindowedKeyTests(KafkaWindowedKeys kafka) : IClassFixture<KafkaWindowedKeys>
{
    [Theory]
    [InlineData("", 0, 1)]
    [InlineData("key", 0, 60_000)]
    [InlineData("ü/\0€", 1_772_362_800_000, 300_000)]
    [InlineData("at the end of time", long.MaxValue - 5, 60_000)]
    public void TimeWindowed_Key_IsReadByKafka(string key, long start, long size) =>
        AssertRead("time", size, Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(size)), new Windowed<string?>(key, new Window(start, start > long.MaxValue - size ? long.MaxValue : start + size)));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("key", 5, 5)]
    [InlineData("ü/\0€", 1_772_362_800_000, 1_772_362_900_001)]
    [InlineData("at the end of time", 0, long.MaxValue)]
    public void SessionWindowed_Key_IsReadByKafka(string key, long start, long end) =>
        AssertRead("session", 0, Serdes.SessionWindowed(Serdes.Utf8), new Windowed<string?>(key, new Window(start, end)));

    [Fact]
    public void Windowed_AnyKeys_AreReadByKafka()
    {
        // Here, and not within the sampling, the test is skipped where there is no Kafka.
        kafka.Require();
        Gen.Select(Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 20], Gen.Long[0, long.MaxValue / 2], Gen.Long[1, long.MaxValue / 4]).Sample(
            (key, start, length) =>
            {
                length = length % 1_000_000_000_000 + 1;
                AssertRead("time", length, Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(length)), new Windowed<string?>(key, new Window(start, start + length)));
                AssertRead("session", 0, Serdes.SessionWindowed(Serdes.Utf8), new Windowed<string?>(key, new Window(start, start + length)));
            },
            iter: 200,
            threads: 1);
    }

    private void AssertRead(string kind, long size, ISerde<Windowed<string?>> serde, Windowed<string?> key)
    {
        var bytes = serde.Serialize(key)!;

        var answer = kafka.Read(kind, size, bytes);

        Assert.Equal((key.Key, key.Window), (Serdes.Utf8.Deserialize(Convert.FromBase64String(answer[0])), new Window(Number(answer[1]), Number(answer[2]))));
        Assert.Equal(bytes, Convert.FromBase64String(answer[3]));
        Assert.Equal(key, serde.Deserialize(Convert.FromBase64String(answer[3])));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
