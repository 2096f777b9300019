using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Takes warnings and errors while the live table owns the terminal, for the lines under the table; before and after
/// that they go to standard error. Safe for concurrent use.</summary>
/// <param name="error">Standard error.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoMessages(TextWriter error, TimeProvider time) : ILoggerProvider
{
    /// <summary>Messages that the display has room for.</summary>
    public const int Capacity = 5;

    private readonly Lock _lock = new();
    private readonly Queue<string> _recent = new();
    private bool _isHeld;

    /// <summary>The last messages, oldest first.</summary>
    public IReadOnlyList<string> Recent
    {
        get
        {
            lock (_lock)
            {
                return [.. _recent];
            }
        }
    }

    /// <summary>From now on messages are kept for the display.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _isHeld = true;
        }
    }

    /// <summary>From now on messages go to standard error.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isHeld = false;
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string message, Exception? exception)
    {
        var cause = exception is null || message.Contains(exception.Message, StringComparison.Ordinal) ? "" : $" {exception.GetType().Name}: {exception.Message}";
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss} {level}: {message}{cause}").ReplaceLineEndings(" ");
        lock (_lock)
        {
            if (!_isHeld)
            {
                error.WriteLine(line);
                return;
            }

            _recent.Enqueue(line);
            if (_recent.Count > Capacity)
            {
                _recent.Dequeue();
            }
        }
    }

    private sealed class Logger(DemoMessages messages) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                messages.Add(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
