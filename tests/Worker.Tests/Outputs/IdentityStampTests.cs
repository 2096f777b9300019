using CsCheck;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Outputs;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.Outputs;

public sealed class IdentityStampTests
{
    private const string Restarted = "1;app;Shout:2;9.1";

    private readonly IdentityStamp _stamp = new("app", "Shout", new HonouredIdentities("app", ["Split", "Other"]));

    [Theory]
    [InlineData("1;app;Split:0;5.0")]
    [InlineData("1;app;Other:7;123.4")]
    [InlineData("1;app;Stranger:1/Split:0;5.0.2")]
    public void Apply_WrittenByAKnownWriter_Extends(string upstream)
    {
        var fields = upstream.Split(';');

        Assert.Equal($"1;app;{fields[2]}/Shout:2;{fields[3]}.1", Apply(upstream));
    }

    [Theory]
    [InlineData("1;other-app;Split:0;5.0")]
    [InlineData("1;app;Stranger:0;5.0")]
    [InlineData("1;app;Split:0/Stranger:0;5.0.0")]
    [InlineData("1;app;split:0;5.0")]
    [InlineData("1;APP;Split:0;5.0")]
    [InlineData("2;app;Split:0;5.0")]
    [InlineData("1;app;Split:0;5")]
    [InlineData("1;app;Split:0;5.0.0")]
    [InlineData("1;app;Split:-1;5.0")]
    [InlineData("1;app;Split:0;5.0 ")]
    [InlineData("1;app;Split:0")]
    [InlineData(";;;")]
    [InlineData("")]
    [InlineData("nonsense")]
    public void Apply_ForgedForeignOrMalformed_CountsAsFromOutside(string upstream) => Assert.Equal(Restarted, Apply(upstream));

    [Fact]
    public void Apply_NoHeader_CountsAsFromOutside() => Assert.Equal(Restarted, Apply(null));

    [Fact]
    public void Apply_AnyBytes_GivesAnIdentityThatIsItsOwnOrExtendsAKnownOne() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        var output = new OutputRecord(null, []) { Origin = new RecordOrigin(2, 9, 1, bytes) };

        _stamp.Apply(output);

        return Text(output.Identity) is { } identity && (identity == Restarted || identity.EndsWith(".1", StringComparison.Ordinal));
    });

    [Fact]
    public void Apply_NoWriterOfTheSource_HonoursNothing()
    {
        var output = new OutputRecord(null, []) { Origin = new RecordOrigin(2, 9, 1, Bytes("1;app;Split:0;5.0")) };

        new IdentityStamp("app", "Shout", HonouredIdentities.None).Apply(output);

        Assert.Equal(Restarted, Text(output.Identity));
    }

    [Fact]
    public void Apply_NoOrigin_GivesNone()
    {
        var output = new OutputRecord(null, []);

        _stamp.Apply(output);

        Assert.Null(output.Identity);
    }

    private string? Apply(string? upstream)
    {
        var output = new OutputRecord(null, []) { Origin = new RecordOrigin(2, 9, 1, upstream is null ? null : Bytes(upstream)) };
        _stamp.Apply(output);
        return Text(output.Identity);
    }
}
