using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Embedded.Tests;

/// <summary>An embedded log in a directory of its own, a clock to turn, and a limit on every wait.</summary>
internal sealed class LogFixture : IDisposable
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<EmbeddedLog> _opened = [];
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public LogFixture(EmbeddedLogOptions? options = null)
    {
        _limit.CancelAfter(WaitLimit);
        Log = OpenAgain(options);
    }

    public EmbeddedLog Log { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public string Directory => _directory.FullName;

    public string FilePath => _directory.File("events.db");

    public CancellationToken Cancellation => _limit.Token;

    /// <summary>Opens the same files once more, as another process would.</summary>
    public EmbeddedLog OpenAgain(EmbeddedLogOptions? options = null)
    {
        var log = EmbeddedLog.Open(Directory, options, Time);
        _opened.Add(log);
        return log;
    }

    public async Task<string> CreateTopicAsync(int partitions = 1, string name = "topic")
    {
        Assert.True(await Log.CreateTopicAsync(new TopicSpecification(name, partitions), Cancellation));
        return name;
    }

    public void Dispose()
    {
        _opened.ForEach(log => log.Dispose());
        _directory.Dispose();
        _limit.Dispose();
    }
}
