using System.Reflection;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class PageViewsPerMinuteTests : IAsyncDisposable
{
    // 2026-03-01T11:00:00Z, the start of a minute.
    private const long Eleven = 1_772_362_800_000;
    private const string View = "{}";
    private const string Key = """{"key":"/cart","start":"2026-03-01T11:00:00.000Z","end":"2026-03-01T11:01:00.000Z"}""";

    private readonly StatefulApp _app = new(PageViewsPerMinute.Processor);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Run_ViewsOfAMinute_AreCountedAsTheyCome()
    {
        await _app.RunAsync(("/cart", View, Eleven), ("/cart", View, Eleven + 59_999), ("/", View, Eleven + 1));
        await _app.RunAsync(("/cart", View, Eleven + 60_000));

        Assert.Equal(
            (Key, """{"page":"/cart","start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:01:00+00:00","views":2}"""),
            _app.Published(nameof(PageViewCounts.Updates)).Single(update => update.Key == Key));
        Assert.Equal([1, 1, 2], _app.Table(nameof(PageViewCounts.Updates)).Values.Select(count => count.GetProperty("views").GetInt64()).Order());
        Assert.Empty(_app.Published(nameof(PageViewCounts.Final)));
    }

    [Fact]
    public async Task Run_AMinuteAfterTheMinute_TheCountIsFinal()
    {
        await _app.RunAsync(("/cart", View, Eleven), ("/cart", View, Eleven + 59_999));
        await _app.RunAsync(("/", View, Eleven + 119_999), ("/cart", View, Eleven + 1));
        Assert.Empty(_app.Published(nameof(PageViewCounts.Final)));

        await _app.RunAsync(("/", View, Eleven + 120_000));

        Assert.Equal(
            [(Key, """{"page":"/cart","start":"2026-03-01T11:00:00+00:00","end":"2026-03-01T11:01:00+00:00","views":3}""")],
            _app.Published(nameof(PageViewCounts.Final)));
    }

    [Fact]
    public async Task Run_ViewOfAMinuteThatIsFinal_IsLateAsItCame()
    {
        await _app.RunAsync(("/cart", View, Eleven), ("/", View, Eleven + 120_000));

        await _app.RunAsync(("/cart", """{"late":1}""", Eleven + 59_999));

        Assert.Equal([("/cart", """{"late":1}""")], _app.Published(nameof(PageViewCounts.Late)));
        var late = Assert.Single(_app.Records(nameof(PageViewCounts.Late)));
        Assert.Equal(Eleven + 59_999, late.Timestamp);
        Assert.Equal("0", late.Headers.Single(header => header.Key == HeaderNames.LateBy).ValueAsText);
        Assert.Single(_app.Published(nameof(PageViewCounts.Final)));
    }

    [Fact]
    public void Outputs_OfTheProcessor_AreThoseOfTheFunction() => Assert.Equal(
        PageViewsPerMinute.Processor.Outputs.Order(StringComparer.Ordinal),
        typeof(PageViewCounts).GetProperties().Where(property => property.GetCustomAttribute<KafkaOutputAttribute>() is not null).Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Run_NoKeyOrNoValue_IsPoison()
    {
        await _app.RunAsync((null, View, Eleven), ("/", null, Eleven));

        Assert.Equal(2, _app.DeadLetters.Count);
        Assert.Empty(_app.Published(nameof(PageViewCounts.Updates)));
    }
}
