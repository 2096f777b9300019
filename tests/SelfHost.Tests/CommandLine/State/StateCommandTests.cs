using KafkaFunctions.Streams.State;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.State;

public sealed class StateCommandTests
{
    [Fact]
    public async Task State_StoreOfAFunction_IsListed()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(0, await session.RunAsync("state"));

        Assert.Equal(["word-counts", "CountWords", "app", "Count", "64"], session.Lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task State_StoreThatIsNotMadeYet_IsListedWithoutBuckets()
    {
        await using var session = new StateSession();

        Assert.Equal(0, await session.RunAsync("state", "--json"));

        Assert.Equal("""{"store":"word-counts","application":"app","functions":["CountWords"],"kind":null,"buckets":null}""", Assert.Single(session.Lines));
    }

    [Fact]
    public async Task State_DamagedStore_IsSaidAndTheOthersAreListed()
    {
        await using var session = await StateSession.CountedAsync();
        var damaged = await session.Storage.OpenAsync("damaged", TestContext.Current.CancellationToken);
        await damaged.WriteAsync(StateBucket.Progress, [new StateWrite(new StateKey("D"u8.ToArray()), [99], null)], TestContext.Current.CancellationToken);

        Assert.Equal(0, await session.RunAsync("state", "--json"));

        Assert.Single(session.Lines);
        Assert.Contains("damaged: ", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the", "2")]
    [InlineData("tab\t", "1")]
    public async Task Get_Key_PrintsItsValue(string key, string expected)
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(0, await session.RunAsync("state", "get", "word-counts", key));

        Assert.Equal([expected], session.Lines);
    }

    [Fact]
    public async Task Get_Json_IsTheWholeEntry()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(0, await session.RunAsync("state", "get", "word-counts", "the", "--json"));

        Assert.Equal("""{"store":"word-counts","key":"the","value":2,"version":1,"timestamp":7}""", Assert.Single(session.Lines));
    }

    // Retention is nought: the first minute is gone for the key that has come to the second.
    [Fact]
    public async Task Get_KeyOfAWindowedStore_PrintsItsWindows()
    {
        await using var session = new StateSession();
        await session.CountMinutesAsync();

        Assert.Equal(0, await session.RunAsync("state", "get", "minute-counts", "the"));

        Assert.Equal(["1970-01-01T00:01:00.000Z/1970-01-01T00:02:00.000Z\t\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01"], session.Lines);
    }

    [Theory]
    [InlineData(0, "state", "get", "minute-counts", "the", "--window", "60000", "--json")]
    [InlineData(0, "state", "get", "minute-counts", "the", "--window", "1970-01-01T00:01Z", "--json")]
    [InlineData(0, "state", "get", "minute-counts", "the", "--from", "60000", "--to", "60000", "--json")]
    [InlineData(0, "state", "list", "minute-counts", "--prefix", "the", "--json")]
    public async Task State_WindowAsJson_NamesIt(int expected, params string[] args)
    {
        await using var session = new StateSession();
        await session.CountMinutesAsync();

        Assert.Equal(expected, await session.RunAsync(args));

        Assert.Equal(
            """{"store":"minute-counts","key":"the","window":{"start":"1970-01-01T00:01:00.000Z","end":"1970-01-01T00:02:00.000Z"},"value":"AAAAAAAAAAE=","valueEncoding":"base64","version":2,"timestamp":60000}""",
            Assert.Single(session.Lines));
    }

    [Fact]
    public async Task List_WindowedStore_HasAColumnForTheWindow()
    {
        await using var session = new StateSession();
        await session.CountMinutesAsync();

        Assert.Equal(0, await session.RunAsync("state", "list", "minute-counts"));
        Assert.Equal(0, await session.RunAsync("state", "export", "minute-counts"));

        Assert.Equal(["a\t1970-01-01T00:00:00.000Z/1970-01-01T00:01:00.000Z", "the\t1970-01-01T00:01:00.000Z/1970-01-01T00:02:00.000Z"], session.Lines[..2].Select(line => line[..line.LastIndexOf("\t\\x00", StringComparison.Ordinal)]));
        Assert.Equal(4, session.Lines.Length);
    }

    [Theory]
    [InlineData("minute-counts", "zzz", "--json", "no key 'zzz'")]
    [InlineData("minute-counts", "the", "--window=5", "no window that begins at 5")]
    [InlineData("minute-counts", "the", "--window=noon", "--window is 'noon'")]
    [InlineData("word-counts", "the", "--window=5", "not by window")]
    [InlineData("word-counts", "the", "--from=5", "not by window")]
    public async Task Get_NoSuchWindow_FailsAndSaysWhat(string store, string key, string option, string expected)
    {
        await using var session = await StateSession.CountedAsync();
        await session.CountMinutesAsync();

        Assert.Equal(1, await session.RunAsync("state", "get", store, key, option));

        Assert.Contains(expected, session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("word-counts", "zzz", "no key 'zzz'")]
    [InlineData("word-count", "the", "Did you mean 'word-counts'?")]
    [InlineData("something-else", "the", "The stores are word-counts.")]
    public async Task Get_NothingThere_FailsAndSaysWhat(string store, string key, string expected)
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(1, await session.RunAsync("state", "get", store, key));

        Assert.StartsWith("error: ", session.Error, StringComparison.Ordinal);
        Assert.Contains(expected, session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state", "get", "Word_Counts", "the")]
    [InlineData("state", "get", "word-counts")]
    [InlineData("state", "list")]
    [InlineData("state", "list", "word-counts", "--limit", "0")]
    [InlineData("state", "gett", "word-counts")]
    [InlineData("state", "reset")]
    public async Task State_WrongUsage_IsStatus2(params string[] args)
    {
        await using var session = new StateSession();

        Assert.Equal(2, await session.RunAsync(args));
    }

    [Fact]
    public async Task List_Text_IsInOrderAndEscaped()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(0, await session.RunAsync("state", "list", "word-counts"));

        Assert.Equal(["a\t1\t1\t7", "tab\\t\t1\t1\t7", "the\t2\t1\t7"], session.Lines);
    }

    [Theory]
    [InlineData("t", null, null, null, "tab\t,the")]
    [InlineData(null, "a", "tab\t", null, "a,tab\t")]
    [InlineData(null, "b", null, null, "tab\t,the")]
    [InlineData(null, null, null, "1", "a")]
    public async Task List_Range_IsThat(string? prefix, string? from, string? to, string? limit, string expected)
    {
        await using var session = await StateSession.CountedAsync();
        string[] options = [.. Option("--prefix", prefix), .. Option("--from", from), .. Option("--to", to), .. Option("--limit", limit)];

        Assert.Equal(0, await session.RunAsync(["state", "list", "word-counts", "--json", .. options]));

        Assert.Equal(expected.Split(','), session.Lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()));

        static string[] Option(string name, string? value) => value is null ? [] : [name, value];
    }

    [Fact]
    public async Task Export_ToAFile_HasALinePerKeyAndLeavesNoPart()
    {
        await using var session = await StateSession.CountedAsync();
        var folder = Directory.CreateTempSubdirectory("export-");
        try
        {
            var file = Path.Combine(folder.FullName, "counts.ndjson");

            Assert.Equal(0, await session.RunAsync("state", "export", "word-counts", "--output", file));

            Assert.Contains("""{"store":"word-counts","key":"the","value":2,"version":1,"timestamp":7}""", await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
            Assert.Equal([file], Directory.GetFiles(folder.FullName));
            Assert.Contains("Exported 3 keys", session.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Export_FolderThatIsNotThere_FailsInALine()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(1, await session.RunAsync("state", "export", "word-counts", "--output", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "x")));

        Assert.StartsWith("error: ", session.Error, StringComparison.Ordinal);
    }
}
