using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables.Tests.Rows;

public sealed class RowKeyCodecTests
{
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[1, 40];

    // Bytes on either side of each gap that letters and digits leave.
    private static readonly byte[] Edges = [.. "\0-./09:;@AZ[_`az{~\x7f"u8, 0x80, 0xFF];
    private static readonly Gen<byte[]> EdgyKeys = Gen.Int[0, Edges.Length - 1].Select(i => Edges[i]).Array[1, 6];

    [Fact]
    public void TryDecode_OfEncoded_IsTheKey() => Keys.Sample(bytes =>
    {
        Assert.True(RowKeyCodec.TryDecode(RowKeyCodec.Encode(new StateKey(bytes)), out var key));
        Assert.Equal(bytes, key.Bytes);
    });

    [Fact]
    public void Encode_TwoKeys_KeepTheirOrder() => Gen.Select(Gen.OneOf(Keys, EdgyKeys), Gen.OneOf(Keys, EdgyKeys)).Sample((a, b) =>
    {
        var bytes = Math.Sign(new StateKey(a).CompareTo(new StateKey(b)));

        Assert.Equal(bytes, Math.Sign(string.CompareOrdinal(RowKeyCodec.Encode(new StateKey(a)), RowKeyCodec.Encode(new StateKey(b)))));
    });

    [Fact]
    public void Encode_EveryByte_IsOfLegalCharactersInOrder()
    {
        var texts = Enumerable.Range(0, 256).Select(value => RowKeyCodec.Encode(new StateKey([(byte)value]))).ToArray();

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
        Assert.All(texts, text => Assert.Matches("^([0-9A-Za-z]|[-:_~][0-9A-F]{2})$", text));
        Assert.Equal(62, texts.Count(text => text.Length == 1));
    }

    [Fact]
    public void Encode_AnyKey_IsAsLongAsTheRulesSay() => Keys.Sample(bytes =>
        Assert.Equal(StateRules.StoredCharacters(bytes), RowKeyCodec.Encode(new StateKey(bytes)).Length));

    [Theory]
    [InlineData("page", "page")]
    [InlineData("/a b", "-2Fa-20b")]
    [InlineData("a:B", "a:3AB")]
    [InlineData("_~", "_5F~7E")]
    public void Encode_Text_IsTheStoredFormat(string key, string expected) =>
        Assert.Equal(expected, RowKeyCodec.Encode(new StateKey(System.Text.Encoding.ASCII.GetBytes(key))));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-2")]
    [InlineData("-2f")]
    [InlineData("-3A")]
    [InlineData(":2F")]
    [InlineData("-30")]
    [InlineData("~41")]
    [InlineData("a%20")]
    [InlineData("é")]
    [InlineData("\u0161-2F")]
    public void TryDecode_WhatIsNoKey_IsFalse(string text) => Assert.False(RowKeyCodec.TryDecode(text, out _));
}
