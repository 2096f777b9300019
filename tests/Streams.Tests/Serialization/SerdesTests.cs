using System.Text;
using CsCheck;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tests.Serialization;

public sealed class SerdesTests
{
    private static readonly ISerde<Person?> People = Serdes.Json(PersonContext.Default.Person);

    [Fact]
    public void Bytes_AnyArray_IsNeverCopied()
    {
        byte[] bytes = [1, 2, 3];

        Assert.Same(bytes, Serdes.Bytes.Deserialize(bytes));
        Assert.Same(bytes, Serdes.Bytes.Serialize(bytes));
        Assert.Null(Serdes.Bytes.Deserialize(null));
        Assert.Null(Serdes.Bytes.Serialize(null));
    }

    [Fact]
    public void Utf8_AnyText_RoundTrips() =>
        Gen.String.Where(text => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar))
            .Sample(text => Assert.Equal(text, Serdes.Utf8.Deserialize(Serdes.Utf8.Serialize(text))));

    [Fact]
    public void Utf8_AnyBytes_RoundTripOrAreRefused() =>
        Gen.Byte.Array[0, 12].Sample(bytes =>
        {
            try
            {
                Assert.Equal(bytes, Serdes.Utf8.Serialize(Serdes.Utf8.Deserialize(bytes)));
            }
            catch (SerializationException)
            {
                Assert.Contains(Rune.ReplacementChar.ToString(), Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Utf8_Null_IsNull()
    {
        Assert.Null(Serdes.Utf8.Deserialize(null));
        Assert.Null(Serdes.Utf8.Serialize(null));
        Assert.Equal("", Serdes.Utf8.Deserialize([]));
    }

    [Fact]
    public void Utf8_InvalidByte_NamesItsPosition()
    {
        var error = Assert.Throws<SerializationException>(() => Serdes.Utf8.Deserialize([(byte)'a', (byte)'b', 0xFF, (byte)'c']));

        Assert.Equal(3, error.Column);
        Assert.Null(error.Line);
        Assert.IsType<DecoderFallbackException>(error.InnerException);
    }

    [Fact]
    public void Utf8_HalfASurrogatePair_IsRefused() =>
        Assert.Throws<SerializationException>(() => Serdes.Utf8.Serialize("a\uD83Db"));

    [Fact]
    public void Int32_KnownValue_IsBigEndian() =>
        Assert.Equal([0x01, 0x02, 0x03, 0x04], Serdes.Int32.Serialize(0x01020304));

    [Fact]
    public void Int64_KnownValue_IsBigEndian() =>
        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], Serdes.Int64.Serialize(-2));

    [Fact]
    public void Integers_AnyValue_RoundTrip()
    {
        Gen.Int.Sample(value => Assert.Equal(value, Serdes.Int32.Deserialize(Serdes.Int32.Serialize(value))));
        Gen.Long.Sample(value => Assert.Equal(value, Serdes.Int64.Deserialize(Serdes.Int64.Serialize(value))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public void Integers_NullOrWrongLength_AreRefused(int? length)
    {
        var bytes = length is null ? null : new byte[length.Value];

        Assert.Throws<SerializationException>(() => Serdes.Int32.Deserialize(bytes));
        Assert.Throws<SerializationException>(() => Serdes.Int64.Deserialize(bytes));
    }

    [Fact]
    public void Nullable_Null_IsNull()
    {
        var serde = Serdes.Nullable(Serdes.Int32);

        Assert.Null(serde.Deserialize(null));
        Assert.Null(serde.Serialize(null));
        Assert.Equal(7, serde.Deserialize(serde.Serialize(7)));
        Assert.Throws<SerializationException>(() => serde.Deserialize([]));
    }

    [Fact]
    public void Required_Null_IsRefused()
    {
        var serde = Serdes.Required(Serdes.Utf8);

        Assert.Throws<SerializationException>(() => serde.Deserialize(null));
        Assert.Throws<SerializationException>(() => serde.Serialize(null!));
        Assert.Equal("a", serde.Deserialize(serde.Serialize("a")));
    }

    [Fact]
    public void Json_AnyValue_RoundTrips() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.Int, (name, age) => new Person(name, age))
            .Sample(person => Assert.Equal(person, People.Deserialize(People.Serialize(person))));

    [Fact]
    public void Json_Null_IsATombstone()
    {
        Assert.Null(People.Deserialize(null));
        Assert.Null(People.Serialize(null));
        Assert.Null(People.Deserialize("null"u8.ToArray()));
    }

    [Fact]
    public void Json_ValueType_RefusesNull()
    {
        var serde = Serdes.Json(PersonContext.Default.Int32);

        Assert.Throws<SerializationException>(() => serde.Deserialize(null));
        Assert.Equal(5, serde.Deserialize(serde.Serialize(5)));
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("nonsense", 1, 2)]
    [InlineData("{\"Name\":\"a\",\n \"Age\":oops}", 2, 8)]
    [InlineData("{\"Name\":\"a\",\"Age\":1} x", 1, 22)]
    [InlineData("\uFEFF{}", 1, 1)]
    public void Json_Malformed_NamesLineAndColumn(string text, long line, long column)
    {
        var error = Assert.Throws<SerializationException>(() => People.Deserialize(Encoding.UTF8.GetBytes(text)));

        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Json_AnyBytes_RaiseNothingElse() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 40],
                Gen.Char["{}[]\":,0123456789.eE+-nulltruefaseNamAg \\u"].Array[0, 40].Select(chars => Encoding.UTF8.GetBytes(chars)),
                Gen.Byte.Array[0, 4].Select(bytes => (byte[])[.. "{\"Name\":\""u8, .. bytes, .. "\"}"u8]))
            .Sample(bytes =>
            {
                try
                {
                    _ = People.Deserialize(bytes);
                }
                catch (SerializationException)
                {
                    // What a malformed document raises.
                }
            });
}
