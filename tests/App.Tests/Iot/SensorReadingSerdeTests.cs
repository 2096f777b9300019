using KafkaFunctions.App.Iot;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Iot;

public sealed class SensorReadingSerdeTests
{
    private const string Json = """{"device":"pump-3","sensor":"temperature","value":21.5,"unit":"°C","time":"2026-01-02T03:04:05+01:00"}""";

    [Fact]
    public void Deserialize_Reading_ReadsEveryField()
    {
        var reading = SensorReadingSerde.Instance.Deserialize(Utf8(Json));

        Assert.Equal(
            new SensorReading { Device = "pump-3", Sensor = "temperature", Value = 21.5, Unit = "°C", Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)) },
            reading);
        Assert.Equal("pump-3/temperature", reading.Key);
    }

    [Fact]
    public void Serialize_Reading_IsTheSameJson() =>
        Assert.Equal(Json, Text(SensorReadingSerde.Instance.Serialize(SensorReadingSerde.Instance.Deserialize(Utf8(Json)))));

    [Theory]
    [InlineData(null, "null")]
    [InlineData("null", "null")]
    [InlineData("21.5", "wrong at $")]
    [InlineData("""{"sensor":"t","value":1,"time":"2026-01-02T03:04:05Z"}""", "'device' is missing")]
    [InlineData("""{"device":"d","value":1,"time":"2026-01-02T03:04:05Z"}""", "'sensor' is missing")]
    [InlineData("""{"device":"d","sensor":"t","time":"2026-01-02T03:04:05Z"}""", "'value' is missing")]
    [InlineData("""{"device":"d","sensor":"t","value":1}""", "'time' is missing")]
    [InlineData("""{"device":" ","sensor":"t","value":1,"time":"2026-01-02T03:04:05Z"}""", "'device' is empty")]
    [InlineData("""{"device":"d","sensor":null,"value":1,"time":"2026-01-02T03:04:05Z"}""", "wrong at $.sensor")]
    [InlineData("""{"device":"a/b","sensor":"t","value":1,"time":"2026-01-02T03:04:05Z"}""", "'device' has a '/'")]
    [InlineData("""{"device":"d","sensor":"t\n","value":1,"time":"2026-01-02T03:04:05Z"}""", "'sensor' has a '/' or a control character")]
    [InlineData("""{"device":"d","sensor":"t","value":"1","time":"2026-01-02T03:04:05Z"}""", "wrong at $.value")]
    [InlineData("""{"device":"d","sensor":"t","value":1e999,"time":"2026-01-02T03:04:05Z"}""", "value")]
    [InlineData("""{"device":"d","sensor":"t","value":1,"time":"2026-01-02T03:04:05"}""", "wrong at $.time")]
    [InlineData("""{"device":"d","sensor":"t","value":1,"time":"1969-12-31T23:59:59Z"}""", "wrong at $.time")]
    [InlineData("""{"device":"d","sensor":"t","value":1,"time":1767323045}""", "wrong at $.time")]
    public void Deserialize_WrongReading_TellsWhatIsWrong(string? json, string expected) => Assert.Contains(
        expected,
        Assert.Throws<SerializationException>(() => SensorReadingSerde.Instance.Deserialize(json is null ? null : Utf8(json))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(SensorReadingSerde.MaxNameLength, true)]
    [InlineData(SensorReadingSerde.MaxNameLength + 1, false)]
    public void Deserialize_LongName_IsReadUpToTheLimit(int length, bool expected)
    {
        var json = Utf8(Json.Replace("pump-3", new string('x', length), StringComparison.Ordinal));

        Assert.Equal(expected, Record.Exception(() => SensorReadingSerde.Instance.Deserialize(json)) is not SerializationException);
    }
}
