using System.Text;
using System.Text.Json;
using CsCheck;
using KafkaFunctions.App.Ingest;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Ingest;

public sealed class RecordBodyReaderTests
{
    private static readonly Gen<string> Space = Gen.Char[" \t\r\n"].Array[0, 3].Select(chars => new string(chars));

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Gen.Int.Select(number => number.ToString()),
        OneOf("1.0", "-0", "1E+2", "12345678901234567890.000", "true", "false", "null", "\"\"", "\"\\ud83d\\ude00\\n\"", "\"[{,\\\"\""),
        Gen.Char["abcé€ "].Array[0, 8].Select(chars => $"\"{new string(chars)}\""));

    private static readonly Gen<string> Json = Value(3);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData(""" { "a" : 1.00 } """, """{ "a" : 1.00 }""")]
    [InlineData("42", "42")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData("null", "null")]
    [InlineData("""[{"a":1},{"b":[2]} , "x",3e5,null,[]]""", """{"a":1}|{"b":[2]}|"x"|3e5|null|[]""")]
    [InlineData("\ufeff[1]", "1")]
    public void Read_Json_KeepsTheBytesOfEachElement(string body, string records) =>
        Assert.Equal(records.Split('|'), Read(body, BodyFormat.Json));

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":2}", """{"a":1}|{"b":2}""")]
    [InlineData("\r\n {\"a\": 1} \r\n\n \t\n[1, 2]\r\n", """{"a": 1}|[1, 2]""")]
    [InlineData("\ufeff1\n2", "1|2")]
    public void Read_NdJson_IsARecordPerLine(string body, string records) =>
        Assert.Equal(records.Split('|'), Read(body, BodyFormat.NdJson));

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one\n", "one")]
    [InlineData("one\r\n\r\n\ntwo \r\n three", "one|two | three")]
    [InlineData("\ufeffone", "one")]
    [InlineData(" ", " ")]
    [InlineData("a\rb", "a\rb")]
    public void Read_Text_IsARecordPerLine(string body, string records) =>
        Assert.Equal(records.Split('|'), Read(body, BodyFormat.Text));

    [Theory]
    [InlineData((int)BodyFormat.Json, "")]
    [InlineData((int)BodyFormat.Json, " \n")]
    [InlineData((int)BodyFormat.Json, "[]")]
    [InlineData((int)BodyFormat.Json, "\ufeff")]
    [InlineData((int)BodyFormat.NdJson, "\n \n")]
    [InlineData((int)BodyFormat.Text, "\r\n\n")]
    public void Read_NoRecords_IsRejected(int format, string body)
    {
        var rejection = Reject(body, (BodyFormat)format);

        Assert.Equal(400, rejection.Status);
        Assert.Null(rejection.Position);
    }

    // The mark '¦' stands before the byte where reading stops.
    [Theory]
    [InlineData((int)BodyFormat.Json, "¦{", 0, 1)]
    [InlineData((int)BodyFormat.Json, "¦x", 0)]
    [InlineData((int)BodyFormat.Json, "{\"a\":¦}", 0)]
    [InlineData((int)BodyFormat.Json, "{\n \"a\": 1,\n ¦}", 0)]
    [InlineData((int)BodyFormat.Json, "[1,\n2,\n {\"é\":¦x}]", 2)]
    [InlineData((int)BodyFormat.Json, "[1,¦]", 1)]
    [InlineData((int)BodyFormat.Json, "[1¦ 2]", 1, 1)]
    [InlineData((int)BodyFormat.Json, "[1,2]¦x", 2)]
    [InlineData((int)BodyFormat.Json, "{}\n¦{}", 1)]
    [InlineData((int)BodyFormat.Json, "[¦// no\n1]", 0)]
    [InlineData((int)BodyFormat.NdJson, "{}\n\n{\"a\":¦}\n{}", 1)]
    [InlineData((int)BodyFormat.NdJson, "{} ¦{}", 0)]
    [InlineData((int)BodyFormat.NdJson, "1\n  2\n  ¦tru", 2, 3)]
    public void Read_InvalidJson_TellsRecordAndPlace(int format, string marked, int index, int more = 0)
    {
        var offset = Encoding.UTF8.GetByteCount(marked[..marked.IndexOf('¦', StringComparison.Ordinal)]) + more;
        var body = marked.Replace("¦", "", StringComparison.Ordinal);

        var rejection = Reject(body, (BodyFormat)format);

        Assert.Equal(400, rejection.Status);
        var before = Encoding.UTF8.GetString(Utf8(body)[..offset]).Split('\n');
        Assert.Equal(new BodyPosition(index, before.Length, Encoding.UTF8.GetByteCount(before[^1]) + 1, offset), rejection.Position);
        Assert.DoesNotContain("LineNumber", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)BodyFormat.Json, "[1, \"a", "\"]", 1)]
    [InlineData((int)BodyFormat.NdJson, "{}\n\n{\"é\":\"", "\"}", 1)]
    [InlineData((int)BodyFormat.Text, "one\ntwo\nthr", "ee", 2)]
    public void Read_InvalidUtf8_TellsTheByte(int format, string before, string after, int index)
    {
        byte[] body = [.. Utf8(before), 0xc3, 0x28, .. Utf8(after)];

        var rejection = Assert.Throws<IngestRejectedException>(() => RecordBodyReader.Read(body, (BodyFormat)format, null, 10));

        Assert.Equal(Encoding.UTF8.GetByteCount(before), rejection.Position?.ByteOffset);
        Assert.Equal(index, rejection.Position?.Index);
    }

    [Theory]
    [InlineData((int)BodyFormat.Json, "[1,2,3,4,oops", 7)]
    [InlineData((int)BodyFormat.NdJson, "1\n2\n3\n4", 6)]
    [InlineData((int)BodyFormat.Text, "1\n2\n3\n4", 6)]
    public void Read_TooManyRecords_IsRejectedAtTheFirstTooMany(int format, string body, int offset)
    {
        var rejection = Reject(body, (BodyFormat)format, maxRecords: 3);

        Assert.Equal(413, rejection.Status);
        Assert.Equal(3, rejection.Position?.Index);
        Assert.Equal(offset, rejection.Position?.ByteOffset);
    }

    [Fact]
    public void Read_ExactlyAsManyAsMayBe_IsTaken() => Assert.Equal(3, Read("[1,2,3]", BodyFormat.Json, maxRecords: 3).Count);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Read_DeepNesting_IsBounded(int depth, bool taken)
    {
        var body = new string('[', depth) + new string(']', depth);

        Assert.Equal(taken, Record.Exception(() => Read(body, BodyFormat.NdJson)) is null);
    }

    [Theory]
    [InlineData("id", """{"id":"a"}""", "a")]
    [InlineData("id", """{"id":"\u0061\n\ud83d\ude00"}""", "a\n😀")]
    [InlineData("id", """{"id":""}""", "")]
    [InlineData("id", """{"id":1.50e3}""", "1.50e3")]
    [InlineData("id", """{"id":false}""", "false")]
    [InlineData("id", """{"\u0069d":"a"}""", "a")]
    [InlineData("id", """{"id":"first","x":{"id":"inner"},"id":"last"}""", "last")]
    [InlineData("id", """{"\ud800":1,"id":2}""", "2")]
    [InlineData("größe", """{"größe":7}""", "7")]
    [InlineData("user.id", """{"user":{"x":[{"id":1}],"id":2},"id":3}""", "2")]
    [InlineData("a.b.c", """{"a":{"b":{"c":true}}}""", "true")]
    public void Read_KeyField_IsTheKey(string field, string body, string key) =>
        Assert.Equal(key, Text(Assert.Single(RecordBodyReader.Read(Utf8(body), BodyFormat.Json, KeyField.Parse(field), 10)).Key));

    [Theory]
    [InlineData("id", "{}", "missing")]
    [InlineData("id", "[]", "missing")]
    [InlineData("id", "1", "missing")]
    [InlineData("id", """{"ID":1}""", "missing")]
    [InlineData("user.id", """{"user":1}""", "missing")]
    [InlineData("user.id", """{"user.id":1}""", "missing")]
    [InlineData("id", """{"id":null}""", "null")]
    [InlineData("id", """{"id":{}}""", "neither")]
    [InlineData("id", """{"id":[1]}""", "neither")]
    [InlineData("id", """{"id":"\ud800"}""", "surrogate")]
    public void Read_NoKey_IsRejectedAtTheRecord(string field, string record, string reason)
    {
        var body = Utf8("""{"id":"ok","user":{"id":"ok"}}""" + "\n" + record);

        var rejection = Assert.Throws<IngestRejectedException>(() => RecordBodyReader.Read(body, BodyFormat.NdJson, KeyField.Parse(field), 10));

        Assert.Equal((400, 1, 2, 1), (rejection.Status, rejection.Position?.Index, rejection.Position?.Line, rejection.Position?.Column));
        Assert.Contains(reason, rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyFieldOfText_IsRejected() =>
        Assert.Equal(400, Assert.Throws<IngestRejectedException>(() => RecordBodyReader.Read("x"u8, BodyFormat.Text, KeyField.Parse("id"), 10)).Status);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    public void KeyField_NoPath_IsNull(string path) => Assert.Null(KeyField.Parse(path));

    [Fact]
    public void Read_AnyArray_GivesWhatASlowReaderGives() =>
        Gen.Select(Gen.Select(Json, Space, Space).Array[1, 6], Space)
            .Sample((items, space) => AgreesWithJsonDocument(
                Utf8($"{space}[{string.Join(',', items.Select(item => item.Item2 + item.Item1 + item.Item3))}]{space}")));

    [Fact]
    public void Read_MutatedJson_GivesWhatASlowReaderGivesOrAPlace() =>
        Gen.Select(Json.Array[1, 4], Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.Byte, Gen.Char["\"[]{},:\\ 0-.eE\n"].Select(c => (byte)c)))
            .Sample(
                (items, at, value) =>
                {
                    var body = Utf8($"[{string.Join(",\n", items)}]");
                    body[at % body.Length] = value;
                    AgreesWithJsonDocument(body);
                },
                iter: 5000);

    [Fact]
    public void Read_AnyLinesOfJson_GivesThem() =>
        Gen.Select(Json.Select(json => json.Replace("\n", " ").Replace("\r", " ")), OneOf("\n", "\r\n", "\n\n", " \n")).Array[1, 8]
            .Sample(lines => Assert.Equal(
                lines.Select(line => line.Item1.Trim(' ', '\t')),
                Read(string.Concat(lines.Select(line => line.Item1 + line.Item2)), BodyFormat.NdJson)));

    [Fact]
    public void Read_AnyLinesOfText_GivesThem() =>
        Gen.Char["ab é\t\r\"{"].Array[0, 8].Select(chars => new string(chars)).Array[1, 8]
            .Sample(lines =>
            {
                List<string?> expected = [.. lines.Select(line => line.EndsWith('\r') ? line[..^1] : line).Where(line => line.Length > 0)];
                if (expected.Count > 0)
                {
                    Assert.Equal(expected, Read(string.Join('\n', lines), BodyFormat.Text));
                }
            });

    [Fact]
    public void Read_AnyBytes_GivesRecordsOrAPlaceInThem() =>
        Gen.Select(
                Gen.OneOf(Gen.Byte, Gen.Char["\"[]{},:\\ \n\r0-.eEtrufalsnid"].Select(c => (byte)c)).Array[0, 60],
                Gen.Int[0, 2],
                Gen.Bool)
            .Sample(
                (body, format, withKey) =>
                {
                    try
                    {
                        var keyField = withKey ? KeyField.Parse("id") : null;
                        Assert.NotEmpty(RecordBodyReader.Read(body, (BodyFormat)format, keyField, 5));
                    }
                    catch (IngestRejectedException rejection)
                    {
                        CheckPlace(body, rejection);
                    }

                    _ = BodyFormats.Sniff(body);
                },
                iter: 10_000);

    private static void AgreesWithJsonDocument(byte[] body)
    {
        List<string>? expected = null;
        try
        {
            using var document = JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body));
            expected = document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(element => element.GetRawText())]
                : [document.RootElement.GetRawText()];
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
        }

        try
        {
            var records = RecordBodyReader.Read(body, BodyFormat.Json, null, 1000);
            Assert.Equal(expected, records.Select(record => Text(record.Value)));
            Assert.All(records, record => Assert.Equal(record.Value, body[record.ByteOffset..(record.ByteOffset + record.Value.Length)]));
        }
        catch (IngestRejectedException rejection)
        {
            Assert.True(expected is null or []);
            CheckPlace(body, rejection);
        }
    }

    private static void CheckPlace(byte[] body, IngestRejectedException rejection)
    {
        if (rejection.Position is not { } place)
        {
            return;
        }

        Assert.InRange(place.ByteOffset, 0, body.Length);
        Assert.Equal(BodyPosition.Of(body, place.Index, place.ByteOffset), place);
        Assert.True(place is { Line: > 0, Column: > 0, Index: >= 0 });
    }

    private static Gen<string> Value(int depth) => depth == 0 ? Scalar : Gen.Frequency(
        (3, Scalar),
        (1, Gen.Select(Value(depth - 1), Space).Array[0, 3].Select(items => $"[{string.Join(",", items.Select(item => item.Item2 + item.Item1))}]")),
        (1, Gen.Select(Scalar, Value(depth - 1), Space).Array[0, 3].Select(items =>
            $"{{{string.Join(",", items.Select((item, i) => $"\"{i}\"{item.Item3}:{item.Item2}"))}}}")));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static List<string?> Read(string body, BodyFormat format, int maxRecords = 100) =>
        RecordBodyReader.Read(Utf8(body), format, null, maxRecords).ConvertAll(record => Text(record.Value));

    private static IngestRejectedException Reject(string body, BodyFormat format, int maxRecords = 100) =>
        Assert.Throws<IngestRejectedException>(() => RecordBodyReader.Read(Utf8(body), format, null, maxRecords));
}
