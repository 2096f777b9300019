using Azure;
using Azure.Data.Tables;
using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables.Tests.Rows;

public sealed class RowFormatTests
{
    private static readonly StateKey Key = new([1, 2]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(TableLimits.MaxPropertyBytes, 1)]
    [InlineData(TableLimits.MaxPropertyBytes + 1, 2)]
    [InlineData(StateLimits.MaxValueBytes, 15)]
    public void Decode_OfEncoded_IsTheValue(int length, int parts)
    {
        var value = Bytes(length);

        var entity = Stored(value);

        Assert.Equal(parts, entity.Keys.Count(name => name.StartsWith('V')));
        Assert.All(entity.Keys.Select(name => entity[name]).OfType<byte[]>(), part => Assert.InRange(part.Length, 1, TableLimits.MaxPropertyBytes));
        Assert.InRange(entity.Count, 1, TableLimits.MaxProperties);
        Assert.Equal(value, RowFormat.Decode(Key, entity).Value);
    }

    [Fact]
    public void Decode_OfEncodedOfAnyLength_IsTheValue() => Gen.Int[0, 200_000].Sample(
        length => Assert.True(Bytes(length).AsSpan().SequenceEqual(RowFormat.Decode(Key, Stored(Bytes(length))).Value)), iter: 50);

    [Fact]
    public void Encode_Row_IsTheStoredFormat()
    {
        var entity = RowFormat.Encode("0007", Key, [9]);

        Assert.Equal(("0007", "-01-02"), (entity.PartitionKey, entity.RowKey));
        Assert.Equal(1, entity["F"]);
        Assert.Equal(1, entity["L"]);
        Assert.Equal([9], (byte[])entity["V0"]);
    }

    public static TheoryData<string, Action<TableEntity>> Damages => new()
    {
        { "format is missing", entity => entity.Remove("F") },
        { "format is text", entity => entity["F"] = "1" },
        { "format is 0", entity => entity["F"] = 0 },
        { "length is missing", entity => entity.Remove("L") },
        { "length is negative", entity => entity["L"] = -1 },
        { "length is too large", entity => entity["L"] = int.MaxValue },
        { "length is shorter", entity => entity["L"] = 70_000 - 1 },
        { "length is longer", entity => entity["L"] = 70_000 + 1 },
        { "length is of one part", entity => entity["L"] = TableLimits.MaxPropertyBytes },
        { "first part is missing", entity => entity.Remove("V0") },
        { "last part is missing", entity => entity.Remove("V1") },
        { "a part is too many", entity => entity["V2"] = new byte[1] },
        { "a part is shorter", entity => entity["V0"] = new byte[1] },
        { "a part is text", entity => entity["V1"] = "text" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Decode_DamagedRow_IsRefused(string damage, Action<TableEntity> doDamage)
    {
        Assert.NotEmpty(damage);
        var entity = Stored(Bytes(70_000));
        doDamage(entity);

        Assert.Throws<FormatException>(() => RowFormat.Decode(Key, entity));
    }

    [Fact]
    public void Decode_NewerFormat_SaysWhatToDo()
    {
        var entity = Stored([1]);
        entity["F"] = RowFormat.Version + 1;

        Assert.Contains("Run the version that wrote it", Assert.Throws<FormatException>(() => RowFormat.Decode(Key, entity)).Message, StringComparison.Ordinal);
    }

    private static TableEntity Stored(byte[] value)
    {
        var entity = RowFormat.Encode("0007", Key, value);
        entity.ETag = new ETag("W/\"1\"");
        return entity;
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
}
