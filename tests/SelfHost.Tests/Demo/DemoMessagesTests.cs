using KafkaFunctions.SelfHost.Demo;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.SelfHost.Tests.Demo;

public sealed class DemoMessagesTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly DemoMessages _messages;

    public DemoMessagesTests() => _messages = new DemoMessages(_error, new FakeTimeProvider());

    public void Dispose()
    {
        _messages.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Log_TableShown_KeepsTheLastOnes()
    {
        _messages.Hold();

        for (var i = 1; i <= 7; i++)
        {
            Log(LogLevel.Warning, $"message\n{i}");
        }

        Assert.Equal(["3", "4", "5", "6", "7"], _messages.Recent.Select(line => line[^1..]));
        Assert.Equal("00:00:00 Warning: message 7", _messages.Recent[^1]);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Log_NoTableShown_GoesToStandardError()
    {
        Log(LogLevel.Error, "before");
        _messages.Hold();
        _messages.Release();
        Log(LogLevel.Error, "after", new InvalidOperationException("why"));

        Assert.Equal(
            ["00:00:00 Error: before", "00:00:00 Error: after InvalidOperationException: why"],
            _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Log_Information_IsLeftOut()
    {
        Log(LogLevel.Information, "started");

        Assert.Empty(_error.ToString());
    }

    private void Log(LogLevel level, string message, Exception? exception = null) =>
        _messages.CreateLogger("App").Log(level, default, message, exception, (state, _) => state);
}
