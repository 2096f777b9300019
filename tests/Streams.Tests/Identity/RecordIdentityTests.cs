using System.Text;
using CsCheck;
using KafkaFunctions.Streams.Identity;

namespace KafkaFunctions.Streams.Tests.Identity;

public sealed class RecordIdentityTests
{
    private static readonly Gen<string> Name = Gen.Char["abcXYZ019_-."].Array[1, 40].Select(chars => new string(chars));

    [Fact]
    public void Start_FirstFunction_IsReadableText() =>
        Assert.Equal("1;shop;Parse:3;1234.0", Encoding.ASCII.GetString(RecordIdentity.Start("shop", "Parse", 3, 1234, 0)));

    [Fact]
    public void Extend_SecondFunction_AddsStepAndIndex()
    {
        var first = RecordIdentity.Start("shop", "Parse", 3, 1234, 0);

        Assert.Equal("1;shop;Parse:3/Route:1;1234.0.2", Encoding.ASCII.GetString(RecordIdentity.Extend(first, "Route", 1, 2)));
    }

    [Fact]
    public void TryParse_AnyChain_ReadsWhatWasWritten() =>
        Gen.Select(Name, Gen.Select(Name, Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Array[1, 20], Gen.Long[0, long.MaxValue])
            .Sample((app, steps, offset) =>
            {
                var bytes = RecordIdentity.Start(app, steps[0].Item1, steps[0].Item2, offset, steps[0].Item3);
                foreach (var (function, partition, index) in steps.Skip(1))
                {
                    bytes = RecordIdentity.Extend(bytes, function, partition, index);
                }

                Assert.True(RecordIdentity.TryParse(bytes, out var identity));
                Assert.Equal(app, identity!.App);
                Assert.Equal(string.Join('/', steps.Select(s => $"{s.Item1}:{s.Item2}")), identity.Path);
                Assert.Equal([offset, .. steps.Select(s => (long)s.Item3)], identity.Sequence);
                Assert.Equal(steps[^1].Item1, identity.Function);
            });

    [Theory]
    [InlineData("")]
    [InlineData("1;app;F:0")]
    [InlineData("2;app;F:0;1.0")]
    [InlineData("1;app;F:0;1")]
    [InlineData("1;app;F;1.0")]
    [InlineData("1;app;F:0/G:1;1.0")]
    [InlineData("1;app;F:-1;1.0")]
    [InlineData("1;app;F:0;01.0")]
    [InlineData("1;a b;F:0;1.0")]
    [InlineData("1;app;F:0;1.0;")]
    [InlineData("1;äpp;F:0;1.0")]
    [InlineData("1;app;F:0;99999999999999999999.0")]
    public void TryParse_Malformed_IsFalse(string text) =>
        Assert.False(RecordIdentity.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 60].Sample(bytes => { _ = RecordIdentity.TryParse(bytes, out _); });

    [Theory]
    [InlineData(new long[] { 9, 0 }, new long[] { 10, 0 }, -1)]
    [InlineData(new long[] { 10, 1 }, new long[] { 10, 0 }, 1)]
    [InlineData(new long[] { 10, 1 }, new long[] { 10, 1 }, 0)]
    [InlineData(new long[] { 10 }, new long[] { 10, 0 }, -1)]
    public void CompareSequences_IsNumericByElement(long[] left, long[] right, int expected) =>
        Assert.Equal(expected, Math.Sign(RecordIdentity.CompareSequences(left, right)));
}
