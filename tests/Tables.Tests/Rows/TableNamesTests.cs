using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables.Tests.Rows;

public sealed class TableNamesTests
{
    private static readonly Gen<string> Names =
        Gen.Select(Gen.Char["abqz"], Gen.Char["a0q-1z"].Array[2, StateLimits.MaxNameLength - 1], (first, others) => first + new string(others));

    [Theory]
    [InlineData("customers", "kfcustomers")]
    [InlineData("page-view-totals", "kfpage0view0totals")]
    [InlineData("top10-queries", "kftop1q00qqueries")]
    public void Encode_Name_IsTheStoredFormat(string store, string table) => Assert.Equal(table, TableNames.Encode("kf", store));

    [Fact]
    public void Encode_AnyName_IsALegalTableNameThatLeadsBack() => Names.Sample(store =>
    {
        var table = TableNames.Encode("kf", store);

        Assert.Matches("^[a-z][a-z0-9]{2,62}$", table);
        var decoded = TableNames.Decode("kf", table, out var hashed);
        Assert.Equal(hashed ? null : store, decoded);
    });

    [Fact]
    public void Encode_TwoNames_AreTwoTables() => Gen.Select(Names, Names).Where((a, b) => a != b).Sample((a, b) =>
        Assert.NotEqual(TableNames.Encode("kf", a), TableNames.Encode("kf", b)));

    [Fact]
    public void Encode_LongNamesThatDifferAtTheEnd_AreTwoTables()
    {
        var name = new string('a', StateLimits.MaxNameLength - 1);

        Assert.NotEqual(TableNames.Encode("kf", name + "a"), TableNames.Encode("kf", name + "b"));
    }

    [Theory]
    [InlineData("kfCustomers")]
    [InlineData("kfab")]
    [InlineData("kfa0q")]
    [InlineData("kfaqx")]
    [InlineData("kf1abc")]
    public void Decode_TableOfAnotherProgram_IsNull(string table)
    {
        Assert.Null(TableNames.Decode("kf", table, out var hashed));
        Assert.False(hashed);
    }
}
