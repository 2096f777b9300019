using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class JoinTests : StateTest
{
    private static readonly TableRef<string?, string?> Customers = new("customers", Serdes.Utf8, Serdes.Utf8);

    [Fact]
    public async Task Join_KeyHasAValue_GivesBothAndTheHigherTime()
    {
        await Keep(Record(0, "a", "Ann", 5_000), Record(1, "b", "Bob", 10));
        var app = Start(Source().Join(Customers, (order, customer) => $"{order} of {customer}").To(Serdes.Utf8, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "tea"), Record(1, "b", "rum"), Record(2, "c", "gin"));

        Assert.Equal(["a=tea of Ann", "b=rum of Bob"], app.Shown);
        Assert.Equal([5_000L, 1_000L], app.Published.Select(record => record.Timestamp));
    }

    [Fact]
    public async Task LeftJoin_KeyHasNoValue_GivesNull()
    {
        await Keep(Record(0, "a", "Ann"), Record(1, "a", null));
        var app = Start(Source().LeftJoin(Customers, (order, customer) => $"{order} of {customer ?? "nobody"}").To(Serdes.Utf8, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "tea"), Record(1, "c", "gin"), Record(2, null, "x"), Record(3, "a", null));

        Assert.Equal(["a=tea of nobody", "c=gin of nobody", "=x of nobody"], app.Shown);
    }

    [Fact]
    public async Task Join_StoreIsNotThereYet_FindsNothing()
    {
        var app = Start(Source().LeftJoin(Customers, (order, customer) => $"{order} of {customer ?? "nobody"}").To(Serdes.Utf8, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "a", "tea"));
        await Keep(Record(0, "a", "Ann"));
        await app.BatchAsync(Record(1, "a", "tea"));

        Assert.Equal(["a=tea of nobody", "a=tea of Ann"], app.Shown);
    }

    [Fact]
    public async Task Join_ByAKeyOfTheValueTwice_FindsBoth()
    {
        await Keep(Record(0, "a", "Ann"), Record(1, "b", "Bob"));
        var app = Start(Source()
            .Join((_, order) => order![..1], Customers, (order, customer) => $"{order}:{customer}")
            .Join((_, order) => order[1..2], Customers, (order, customer) => $"{order}:{customer}")
            .To(Serdes.Utf8, Serdes.Utf8!));

        await app.BatchAsync(Record(0, "k", "ab"), Record(1, "k", "ba"), Record(2, "k", "ax"));

        Assert.Equal(["k=ab:Ann:Bob", "k=ba:Bob:Ann"], app.Shown);
    }

    [Fact]
    public async Task Join_IdentityFromUpstream_GoesOn()
    {
        await Keep(Record(0, "a", "Ann"));
        var app = new StateApp(Source().Join(Customers, (order, customer) => $"{order} of {customer}").To(Serdes.Utf8, Serdes.Utf8!), Storage)
        {
            Function = new StreamFunction("J", new HonouredIdentities("app", ["U"])),
        };
        var header = new RecordHeader(HeaderNames.Identity, RecordIdentity.Start("app", "U", 3, 9, 0));

        var result = await app.BatchAsync(Record(4, "a", "tea") with { Headers = [header] }, Record(5, "a", "tea") with { Headers = [header] });

        Assert.Equal(0, result.Duplicates);
        Assert.Equal(["1;app;U:3/J:0;9.0.0", "1;app;U:3/J:0;9.0.0"], app.Published.Select(record => Serdes.Utf8.Deserialize(record.Identity)));
        Assert.Null(result.Completion);
    }

    [Fact]
    public async Task Join_PoisonBehindIt_TakesTheRecordsOutputsBack()
    {
        await Keep(Record(0, "a", "Ann"));
        var source = Source();
        source.To(Serdes.Utf8, Serdes.Utf8!);
        var app = Start(source.Join(Customers, (order, _) => order == "bad" ? throw new FormatException("bad") : order).To(Serdes.Utf8, Serdes.Utf8!));

        var result = await app.BatchAsync(Record(0, "a", "tea"), Record(1, "a", "bad"), Record(2, "a", "gin"));

        Assert.Equal(["a=tea", "a=tea", "a=gin", "a=gin"], app.Shown);
        Assert.Equal((1L, "bad"), (app.DeadLetters.Single().Record.Offset, result.Outcomes[1].Error!.Message));
    }

    [Fact]
    public void Build_StateAndJoin_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => Source().GroupByKey(Serdes.Utf8).Count("n").ToStream().Join(Customers, (count, _) => count));
        Assert.Throws<InvalidOperationException>(() => Source().Join(Customers, (order, _) => order).GroupByKey(Serdes.Utf8).Count("n"));
    }

    private Task<StreamResult> Keep(params InputRecord[] records) =>
        new StateApp(KTable.From(Serdes.Utf8, Serdes.Utf8, "customers").Build(), Storage) { Function = new StreamFunction("Customers", HonouredIdentities.None) }.BatchAsync(records);

    private StateApp Start(StreamProcessor processor) => new(processor, Storage);
}
