using CsCheck;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.ChangeData;

public sealed class CustomerSerdesTests
{
    private const string Row = """{"id":7,"first_name":"Ada","last_name":"Example","email":"ada@example.com","country":"GB","updated_at":"2026-01-02T03:04:05Z"}""";
    private const string Source = "\"source\":{\"connector\":\"postgresql\",\"table\":\"customers\"},\"ts_ms\":1";

    private static readonly Customer Ada = new()
    {
        Id = 7,
        FirstName = "Ada",
        LastName = "Example",
        Email = "ada@example.com",
        Country = "GB",
        UpdatedAt = "2026-01-02T03:04:05Z",
    };

    private static readonly Gen<string?> Text = Gen.Null(Gen.Char["abc\"\\ {}:,é€\n\0"].Array[0, 12].Select(chars => new string(chars)));

    private static readonly Gen<Customer> Customers =
        from id in Gen.Long
        from first in Text
        from last in Text
        from email in Text
        from country in Text
        from updated in Text
        select new Customer { Id = id, FirstName = first, LastName = last, Email = email, Country = country, UpdatedAt = updated };

    public static TheoryData<string> Fixtures => ChangeFixture.Names;

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Deserialize_CapturedChangeLog_LeavesTheTable(string fixture)
    {
        var table = Apply(ChangeFixture.Read(fixture));

        Assert.Equal(
            new Dictionary<string, Customer>
            {
                ["1"] = new() { Id = 1, FirstName = "Ada", LastName = "Example", Email = "ada@example.org", Country = "GB", UpdatedAt = "2026-01-02T03:05:00.000000Z" },
                ["4"] = new() { Id = 4, FirstName = "Zoë", LastName = "Müller \"Z\"", Email = "zoe@example.com", Country = "DE", UpdatedAt = "2026-01-02T03:04:06.000000Z" },
            },
            table);
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Deserialize_CapturedRecords_AreUpsertsAndDeletesInOrder(string fixture)
    {
        var changes = ChangeFixture.Read(fixture)
            .Where(record => record.Value is not null)
            .Select(record => (CustomerSerdes.Key.Deserialize(record.Key), CustomerSerdes.Change.Deserialize(record.Value)?.Email));

        Assert.Equal(
            [
                ("1", "ada@example.com"),
                ("2", "zoe@example.com"),
                ("3", "grace@example.com"),
                ("1", "ada@example.org"),
                ("2", null),
                ("4", "zoe@example.com"),
                ("3", null),
            ],
            changes);
    }

    [Theory]
    [InlineData(Row)]
    [InlineData("""{"schema":{"type":"struct","fields":[]},"payload":""" + Row + "}")]
    [InlineData("""{"payload":""" + Row + """,  "schema":null}""")]
    [InlineData("""{"before":null,"after":""" + Row + """,""" + Source + ""","op":"c"}""")]
    [InlineData("""{"op":"r","after":""" + Row + "," + Source + "}")]
    [InlineData("""{"op":"u","before":{"id":7},"after":""" + Row + ",\"transaction\":null}")]
    [InlineData("""{"schema":{},"payload":{"op":"u","before":null,"after":""" + Row + "," + Source + "}}")]
    [InlineData(" \r\n" + Row + "\n")]
    public void Deserialize_EveryFormOfAnUpsert_IsTheCustomer(string value) => Assert.Equal(Ada, Read(value));

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("""{"schema":{},"payload":null}""")]
    [InlineData("""{"op":"d","before":{"id":7},"after":null,""" + Source + "}")]
    [InlineData("""{"op":"d","before":null,"after":null}""")]
    [InlineData("""{"schema":{},"payload":{"op":"d","before":{"id":7},"after":null}}""")]
    [InlineData("""{"id":7,"__deleted":"true"}""")]
    [InlineData("""{"id":7,"__deleted":true}""")]
    [InlineData("""{"schema":{},"payload":{"id":7,"__deleted":"true"}}""")]
    public void Deserialize_EveryFormOfADelete_IsNull(string? value) => Assert.Null(Read(value));

    [Fact]
    public void Deserialize_MessageInTheLog_IsOfNoRow()
    {
        Assert.Null(Read("""{"op":"m","ts_ms":1,"source":{},"message":{"prefix":"note","content":"aGVsbG8="}}"""));
        Assert.Null(CustomerSerdes.Key.Deserialize(Utf8("""{"prefix":"note"}""")));
        Assert.Null(CustomerSerdes.Key.Deserialize(Utf8("""{"schema":{},"payload":{"prefix":"note"}}""")));
    }

    [Theory]
    [InlineData("""{"id":7,"updated_at":1767323045678901}""", "1767323045678901")]
    [InlineData("""{"id":7,"updated_at":1767323045678}""", "1767323045678")]
    [InlineData("""{"id":7,"updated_at":"2026-01-02T03:04:05.678901Z"}""", "2026-01-02T03:04:05.678901Z")]
    [InlineData("""{"id":7,"updated_at":null}""", null)]
    [InlineData("""{"id":7}""", null)]
    public void Deserialize_AnyTimeOfUpdate_IsKeptAsGiven(string value, string? expected) => Assert.Equal(expected, Read(value)?.UpdatedAt);

    [Fact]
    public void Deserialize_ColumnsUnknownHere_AreReadOver() =>
        Assert.Equal(7, Read("""{"id":7,"op":"x","price":"BNI=","tags":[{"a":[1]}],"__deleted":"false","__op":"u"}""")?.Id);

    [Fact]
    public void Deserialize_FieldTwice_CountsTheLast() => Assert.Equal(2, Read("""{"id":1,"id":2}""")?.Id);

    // The mark '¦' stands before the place that the error tells.
    [Theory]
    [InlineData("¦", "JSON")]
    [InlineData("¦garbage", "JSON")]
    [InlineData("""{"id":7¦""", "JSON")]
    [InlineData("""{"id":7}¦{"id":8}""", "JSON")]
    [InlineData("{\n  \"id\": ¦seven\n}", "JSON")]
    [InlineData("¦7", "at $")]
    [InlineData("""¦[{"id":7}]""", "at $")]
    [InlineData("""{"schema":{},"payload":¦"x"}""", "at $.payload")]
    [InlineData("¦{}", "'id' is missing at $")]
    [InlineData("""{"schema":{},"payload":¦{"name":1}}""", "'id' is missing at $.payload")]
    [InlineData("""{"op":"c","source":{},"after":¦{"first_name":"Ada"}}""", "'id' is missing at $.after")]
    [InlineData("""{"id":"seven"¦}""", "wrong at $.id")]
    [InlineData("""{"id":7.5¦}""", "wrong at $.id")]
    [InlineData("""{"id":7,"email":1¦}""", "wrong at $.email")]
    [InlineData("""{"schema":{},"payload":{"op":"u","before":null,"after":{"id":7,"email":[¦]}}}""", "wrong at $.payload.after.email")]
    [InlineData("{\"op\":\"c\",\"source\":{},\n\"after\":{\"id\":7,\n \"email\":true¦}}", "wrong at $.after.email")]
    [InlineData("""¦{"op":"c","before":null}""", "at $.after")]
    [InlineData("""{"op":"u","before":{"id":7},"after":¦null}""", "at $.after")]
    [InlineData("""{"op":"c","after":¦[]}""", "at $.after")]
    [InlineData("""{"op":¦"x","after":null}""", "at $.op")]
    [InlineData("""{"op":¦1,"after":{"id":7}}""", "at $.op")]
    [InlineData("""{"schema":{},"payload":{"op":¦"create","after":{"id":7}}}""", "at $.payload.op")]
    [InlineData("""{"op":¦"t","before":null,"after":null,"source":{}}""", "truncated")]
    [InlineData("""{"id":7,"__deleted":¦"maybe"}""", "at $.__deleted")]
    [InlineData("""{"op":"u","before":null,"after":{"id":7,"email":¦"__debezium_unavailable_value"}}""", "REPLICA IDENTITY")]
    public void Deserialize_MalformedValue_TellsTheFieldAndThePlace(string marked, string expected)
    {
        var before = marked[..marked.IndexOf('¦', StringComparison.Ordinal)];

        var error = Assert.Throws<SerializationException>(() => Read(marked.Replace("¦", "", StringComparison.Ordinal)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(
            (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n')),
            (error.Line, error.Column));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\xff\"")]
    public void Deserialize_TextThatIsNoUnicode_IsRefused(string text)
    {
        var bytes = "{\"id\":7,\"email\":" + text + "}";

        Assert.Throws<SerializationException>(() => CustomerSerdes.Change.Deserialize(System.Text.Encoding.Latin1.GetBytes(bytes)));
        Assert.Throws<SerializationException>(() => CustomerSerdes.Key.Deserialize(System.Text.Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void Deserialize_TooDeepDocument_IsRefused() =>
        Assert.Throws<SerializationException>(() => Read("{\"id\":7,\"a\":" + new string('[', 100) + new string(']', 100) + "}"));

    [Theory]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("7", "7")]
    [InlineData("-7", "-7")]
    [InlineData("\"7\"", "7")]
    [InlineData("""{"id":7}""", "7")]
    [InlineData("""{ "id" : 9223372036854775807 }""", "9223372036854775807")]
    [InlineData("""{"schema":{"type":"struct"},"payload":{"id":7}}""", "7")]
    [InlineData("""{"schema":{"type":"int64"},"payload":7}""", "7")]
    [InlineData("""{"schema":null,"payload":null}""", null)]
    public void DeserializeKey_EveryForm_IsTheId(string? key, string? expected) =>
        Assert.Equal(expected, CustomerSerdes.Key.Deserialize(key is null ? null : Utf8(key)));

    [Theory]
    [InlineData("", "JSON", 1)]
    [InlineData("customer-7", "JSON", 1)]
    [InlineData("{}", "'id' and nothing else", 1)]
    [InlineData("""{"id":7,"shard":1}""", "'id' and nothing else", 1)]
    [InlineData("""{"schema":{},"payload":{"key":7}}""", "'id' and nothing else at $.payload", 24)]
    [InlineData("""{"id":7.5}""", "whole number at $.id", 7)]
    [InlineData("""{"id":"x"}""", "whole number at $.id", 7)]
    [InlineData("""{"id":null}""", "whole number at $.id", 7)]
    [InlineData("9223372036854775808", "whole number at $", 1)]
    [InlineData("[7]", "whole number at $", 1)]
    [InlineData("true", "whole number at $", 1)]
    public void DeserializeKey_Malformed_TellsTheFieldAndThePlace(string key, string expected, int column)
    {
        var error = Assert.Throws<SerializationException>(() => CustomerSerdes.Key.Deserialize(Utf8(key)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
    }

    [Fact]
    public void Serialize_AnyCustomer_ReadsBack() => Customers.Sample(customer =>
    {
        Assert.Equal(customer, CustomerSerdes.Change.Deserialize(CustomerSerdes.Change.Serialize(customer)));
        var id = customer.Id.ToString();
        Assert.Equal(id, CustomerSerdes.Key.Deserialize(CustomerSerdes.Key.Serialize(id)));
    });

    [Fact]
    public void Serialize_Null_IsATombstone() => Assert.Null(CustomerSerdes.Change.Serialize(null));

    [Fact]
    public void Deserialize_AnyBytes_IsAChangeOrRefused() => Gen.Byte.Array[0, 60].Sample(ReadOrRefuse, iter: 5000);

    [Fact]
    public void Deserialize_MutatedRecords_IsAChangeOrRefused()
    {
        var records = ChangeFixture.Names.SelectMany(name => ChangeFixture.Read(name.Data)).SelectMany(record => new[] { record.Key, record.Value }).OfType<byte[]>().ToArray();
        var edit = Gen.Select(Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.Byte, Gen.Char["\"\\[]{},:u1 \n"].Select(c => (byte)c)), Gen.Int[0, 2]);

        Gen.Select(Gen.Int[0, records.Length - 1], edit.Array[1, 4]).Sample(
            (index, edits) =>
            {
                var bytes = records[index].ToList();
                foreach (var (at, value, kind) in edits)
                {
                    var place = at % bytes.Count;
                    bytes.RemoveRange(place, kind == 0 ? 0 : 1);
                    bytes.InsertRange(place, kind == 2 ? [] : [value]);
                }

                ReadOrRefuse([.. bytes]);
            },
            iter: 5000);
    }

    private static Dictionary<string, Customer> Apply(IEnumerable<(byte[] Key, byte[]? Value)> records)
    {
        var table = new Dictionary<string, Customer>();
        foreach (var (key, value) in records)
        {
            var id = CustomerSerdes.Key.Deserialize(key)!;
            if (CustomerSerdes.Change.Deserialize(value) is { } customer)
            {
                table[id] = customer;
            }
            else
            {
                table.Remove(id);
            }
        }

        return table;
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        CheckPlace(bytes, () => CustomerSerdes.Key.Deserialize(bytes));
        CheckPlace(bytes, () => CustomerSerdes.Change.Deserialize(bytes));
    }

    private static void CheckPlace(byte[] bytes, Action read)
    {
        try
        {
            read();
        }
        catch (SerializationException exception)
        {
            Assert.InRange(exception.Line!.Value, 1, bytes.Count(b => b == '\n') + 1);
            Assert.InRange(exception.Column!.Value, 1, bytes.Length + 1);
        }
    }

    private static Customer? Read(string? value) => CustomerSerdes.Change.Deserialize(value is null ? null : Utf8(value));
}
