using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Tests.Serialization;

namespace KafkaFunctions.Streams.Tests.State.Queries;

public sealed class StateEntryJsonTests
{
    public static TheoryData<PayloadFormat, byte[], string> Values => new()
    {
        { PayloadFormat.Json, "{\"a\": 1.50}"u8.ToArray(), "\"value\":{\"a\": 1.50}" },
        { PayloadFormat.Json, "{\n  \"a\": 1.50\n}"u8.ToArray(), "\"value\":{\"a\":1.50}" },
        { PayloadFormat.Json, "{\"a\""u8.ToArray(), "\"value\":\"eyJhIg==\",\"valueEncoding\":\"base64\"" },
        { PayloadFormat.Text, "ü\"\n"u8.ToArray(), "\"value\":\"ü\\\"\\n\"" },
        { PayloadFormat.Text, [0xFF], "\"value\":\"/w==\",\"valueEncoding\":\"base64\"" },
        { PayloadFormat.Int32, [0xFF, 0xFF, 0xFF, 0xFE], "\"value\":-2" },
        { PayloadFormat.Int64, [0, 0, 0, 0, 0, 0, 1, 0], "\"value\":256" },
        { PayloadFormat.Int64, [1], "\"value\":\"AQ==\",\"valueEncoding\":\"base64\"" },
        { PayloadFormat.Bytes, "abc"u8.ToArray(), "\"value\":\"YWJj\",\"valueEncoding\":\"base64\"" },
    };

    public static TheoryData<PayloadFormat, byte[], string> Keys => new()
    {
        { PayloadFormat.Text, "ü/"u8.ToArray(), "\"key\":\"ü/\"" },
        { PayloadFormat.Bytes, "ab"u8.ToArray(), "\"key\":\"ab\"" },
        { PayloadFormat.Bytes, [0x80], "\"key\":\"gA==\",\"keyEncoding\":\"base64\"" },
        { PayloadFormat.Int64, [0, 0, 0, 0, 0, 0, 1, 0], "\"key\":\"256\"" },
        { PayloadFormat.Int32, [1], "\"key\":\"AQ==\",\"keyEncoding\":\"base64\"" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Write_Value_IsWhatItsFormatSays(PayloadFormat format, byte[] value, string expected) =>
        Assert.Equal(
            $$"""{"store":"things","key":"k",{{expected}},"version":3,"timestamp":5}""",
            Write(new StateEntry("k"u8.ToArray(), value, 5, 3), new StoreDefinition("things", PayloadFormat.Text, format)));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Write_Key_IsWhatAQueryWrites(PayloadFormat format, byte[] key, string expected)
    {
        Assert.Equal(
            $$"""{"store":"things",{{expected}},"value":"v","version":1,"timestamp":null}""",
            Write(new StateEntry(key, "v"u8.ToArray(), InputRecord.NoTimestamp, 1), new StoreDefinition("things", format, PayloadFormat.Text)));

        if (StateKeyText.Write(key, format) is { } text)
        {
            Assert.True(StateKeyText.TryParse(text, format, out var read, out _));
            Assert.Equal(key, read);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    public void TryParse_NoNumberOfTheFormat_SaysSo(string text)
    {
        Assert.False(StateKeyText.TryParse(text, PayloadFormat.Int32, out _, out var problem));
        Assert.Contains("whole numbers", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_OfSerdes_IsWhatTheyWrite()
    {
        Assert.Equal(PayloadFormat.Bytes, IPayloadFormat.Of(Serdes.Bytes));
        Assert.Equal(PayloadFormat.Text, IPayloadFormat.Of(Serdes.Required(Serdes.Utf8)));
        Assert.Equal(PayloadFormat.Int32, IPayloadFormat.Of(Serdes.Nullable(Serdes.Int32)));
        Assert.Equal(PayloadFormat.Int64, IPayloadFormat.Of(Serdes.Int64));
        Assert.Equal(PayloadFormat.Json, IPayloadFormat.Of(Serdes.Json(PersonContext.Default.Person)));
        Assert.Equal(PayloadFormat.Bytes, IPayloadFormat.Of(null));
    }

    private static string Write(StateEntry entry, StoreDefinition store)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            StateEntryJson.Write(json, entry, store);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
