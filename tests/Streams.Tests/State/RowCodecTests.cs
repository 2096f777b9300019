using CsCheck;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class RowCodecTests
{
    private static readonly SourcePartition Words = new("words", 2);

    /// <summary>Bytes of every released format; never changed, only added to.</summary>
    public static TheoryData<string, string> Released => new()
    {
        { "empty", "01000100000000" },
        { "full", "0107D00F0301020205776F72647304C3B66C6502000229010100" + "03000228000807D00F00022901040604020900" + "00022A00010153016D03" },
    };

    private static readonly Dictionary<string, RowState> Rows = new()
    {
        ["empty"] = RowState.Empty,
        ["full"] = new(
            [1, 2],
            1_000,
            7,
            [new AppliedOffset(Words, 41), new AppliedOffset(new SourcePartition("öle", 1), 0)],
            [
                new PendingEntry(Words, 40, 0, PendingKind.Emission) { Version = 7, Timestamp = 1_000, Value = [1, 2] },
                new PendingEntry(Words, 41, 1, PendingKind.Emission) { Version = 6, Timestamp = 2, HasOld = true, Old = [9], Value = null },
                new PendingEntry(Words, 42, 0, PendingKind.Poison) { Poison = new PoisonReason("S", "m", 3) },
            ]),
    };

    private static readonly Gen<SourcePartition> Sources =
        from topic in Gen.Int[0, 2].Select(i => new[] { "a", "topic", "ü.x" }[i])
        from partition in Gen.Int[0, 300]
        select new SourcePartition(topic, partition);

    private static readonly Gen<byte[]?> Bytes = Gen.Select(Gen.Int[0, 3], Gen.Byte.Array[0, 40], (kind, bytes) => kind == 0 ? null : bytes);

    private static readonly Gen<PendingEntry> Emissions =
        from source in Sources
        from place in Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, 1_000], Gen.Long[0, long.MaxValue], Gen.Long)
        from bytes in Gen.Select(Bytes, Gen.Bool, Bytes)
        select new PendingEntry(source, place.Item1, place.Item2, PendingKind.Emission)
        {
            Version = place.Item3,
            Timestamp = place.Item4,
            Value = bytes.Item1,
            HasOld = bytes.Item2,
            Old = bytes.Item2 ? bytes.Item3 : null,
        };

    private static readonly Gen<RowState> AnyRow =
        from value in Bytes
        from numbers in Gen.Select(Gen.Long, Gen.Long[0, long.MaxValue])
        from applied in Gen.Select(Sources, Gen.Long[0, long.MaxValue], (source, offset) => new AppliedOffset(source, offset)).Array[0, 5]
        from pending in Emissions.Array[0, 5]
        select new RowState(value, numbers.Item1, numbers.Item2, applied, [.. pending.Select((entry, i) => i % 2 == 0 ? entry : entry with { Value = value })]);

    [Theory]
    [MemberData(nameof(Released))]
    public void Decode_OfAReleasedFormat_GivesTheRow(string name, string bytes) =>
        Assert.Equal(Shown(Rows[name]), Shown(RowCodec.Decode(Convert.FromHexString(bytes))));

    [Theory]
    [MemberData(nameof(Released))]
    public void Encode_OfTheNewestFormat_GivesItsBytes(string name, string bytes) =>
        Assert.Equal(bytes, Convert.ToHexString(RowCodec.Encode(Rows[name])));

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSame() =>
        AnyRow.Sample(row => Assert.Equal(Shown(row), Shown(RowCodec.Decode(RowCodec.Encode(row)))), iter: 2_000);

    [Fact]
    public void Decode_WithTheStartOfABatch_LeavesOutWhatIsDone() =>
        Gen.Select(AnyRow, Gen.Int[0, 5], Gen.Bool).Sample(
            (row, at, knowsSource) =>
            {
                var start = at < row.Pending.Length ? row.Pending[at].Offset : 0;
                var source = row.Pending.Length > 0 ? row.Pending[0].Source : default;
                long? StartOf(SourcePartition asked) => knowsSource && asked == source ? start : null;
                var expected = row with { Pending = [.. row.Pending.Where(entry => !(StartOf(entry.Source) > entry.Offset))] };

                Assert.Equal(Shown(expected), Shown(RowCodec.Decode(RowCodec.Encode(row), StartOf)));
            },
            iter: 2_000);

    [Fact]
    public void Decode_OfDamagedBytes_IsRefused() =>
        Gen.Select(AnyRow, Gen.Int[0, 1_000], Gen.Byte).Sample(
            (row, at, other) =>
            {
                var bytes = RowCodec.Encode(row);
                var cut = bytes[..(at % bytes.Length)];
                Assert.Throws<InvalidDataException>(() => RowCodec.Decode(cut));
                Assert.Throws<InvalidDataException>(() => RowCodec.Decode([.. bytes, other]));
                bytes[at % bytes.Length] = other;
                try
                {
                    RowCodec.Decode(bytes);
                }
                catch (InvalidDataException)
                {
                    // Or it is another row, of the same form.
                }
            },
            iter: 2_000);

    [Fact]
    public void Decode_OfANewerFormat_SaysSo()
    {
        var error = Assert.Throws<InvalidDataException>(() => RowCodec.Decode([2, 0, 0]));

        Assert.Contains("format is 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_PendingValueIsTheRows_IsStoredOnce()
    {
        var value = new byte[10_000];
        var row = new RowState(value, 0, 1, [], [new PendingEntry(Words, 1, 0, PendingKind.Emission) { Value = [.. value] }]);

        Assert.InRange(RowCodec.Encode(row).Length, 10_000, 10_100);
    }

    private static string Shown(RowState row) =>
        $"{Hex(row.Value)} {row.Timestamp} {row.Version} [{string.Join(' ', row.Applied)}] [{string.Join(' ', row.Pending.Select(Shown))}]";

    private static string Shown(PendingEntry entry) =>
        $"{entry.Source} {entry.Offset} {entry.Ordinal} {entry.Kind} {entry.Version} {entry.Timestamp} {Hex(entry.Value)} {entry.HasOld} {Hex(entry.Old)} {entry.Poison}";

    private static string Hex(byte[]? bytes) => bytes is null ? "-" : $"x{Convert.ToHexString(bytes)}";
}
