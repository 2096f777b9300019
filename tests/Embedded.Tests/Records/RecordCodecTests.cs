using CsCheck;
using KafkaFunctions.Embedded.Records;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Tests.Records;

public sealed class RecordCodecTests
{
    private static readonly Gen<byte[]?> Bytes = Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[0, 300].Select(b => (byte[]?)b));

    private static readonly Gen<RecordHeader> Header = Gen.Select(Gen.String[0, 20], Bytes, (name, value) => new RecordHeader(WellFormed(name), value));

    private static readonly Gen<OutputRecord> AnyRecord = Gen.Select(
        Bytes,
        Bytes,
        Gen.Long,
        Header.Array[0, 5],
        Bytes,
        (key, value, timestamp, headers, identity) => new OutputRecord(key, value) { Timestamp = timestamp, Headers = headers, Identity = identity });

    [Fact]
    public void Read_AnyRecords_AreWhatWasWritten() => AnyRecord.Array[1, 20].Sample(records =>
    {
        var decoder = new RecordDecoder(Encode(records), new HeaderNameCache());
        for (var i = 0; i < records.Length; i++)
        {
            AssertSame(records[i], decoder.Read("t", 3, i, out _));
        }
    });

    [Fact]
    public void Skip_AnyRecords_LeadsToTheNext() => Gen.Select(AnyRecord.Array[2, 20], Gen.Int[1, 19]).Sample((records, skip) =>
    {
        var at = skip % records.Length;
        var decoder = new RecordDecoder(Encode(records), new HeaderNameCache());
        decoder.Skip(at);
        AssertSame(records[at], decoder.Read("t", 3, at, out _));
    });

    // Released databases hold these bytes: they never change.
    [Fact]
    public void Write_StoredFormat_IsVersion1()
    {
        var record = new OutputRecord([0x01], null)
        {
            Headers = [new RecordHeader("h", null), new RecordHeader("h", [])],
            Identity = "i"u8.ToArray(),
        };

        Assert.Equal(
            "20" + "0807060504030201" + "0201" + "00" + "03" + "016800" + "016801" + "0B6B662D6964656E74697479" + "0269",
            Convert.ToHexString(Encode([record], timestamp: 0x0102030405060708)));
    }

    private static byte[] Encode(OutputRecord[] records, long? timestamp = null)
    {
        var encoder = new BatchEncoder();
        foreach (var record in records)
        {
            encoder.Add(record, timestamp ?? record.Timestamp);
        }

        return [.. encoder.End().SelectMany(piece => piece.Bytes)];
    }

    private static void AssertSame(OutputRecord expected, InputRecord actual)
    {
        RecordHeader[] headers = expected.Identity is null
            ? expected.Headers
            : [.. expected.Headers, new RecordHeader(HeaderNames.Identity, expected.Identity)];
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Value, actual.Value);
        Assert.Equal(expected.Timestamp, actual.Timestamp);
        Assert.Equal(headers.Select(h => h.Key), actual.Headers.Select(h => h.Key));
        Assert.Equal(headers.Select(h => h.Value), actual.Headers.Select(h => h.Value));
    }

    // Unpaired surrogates have no UTF-8 form.
    private static string WellFormed(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
