using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Worker.DeadLetters;

/// <summary>Says that records went to a dead-letter topic: the first time at once, then at most once per interval and function
/// with the count since, so that a source of bad records does not fill the log. Safe for concurrent use.</summary>
internal sealed partial class DeadLetterNotices(TimeProvider time, ILogger<DeadLetterNotices> logger) : IDisposable
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Notice> _notices = new();
    private readonly ILogger<DeadLetterNotices> _logger = logger;

    /// <summary>Counts letters of one invocation.</summary>
    /// <param name="function">The function.</param>
    /// <param name="topic">Its dead-letter topic.</param>
    /// <param name="count">How many.</param>
    /// <param name="reason">Why the first of them is one.</param>
    public void Add(string function, string topic, int count, string? reason) =>
        _notices.GetOrAdd(function, (_, topic) => new Notice(this, time, function, topic), topic).Add(count, reason);

    /// <summary>Says what has not been said yet.</summary>
    public void Dispose()
    {
        foreach (var notice in _notices.Values)
        {
            notice.Dispose();
        }
    }

    private sealed class Notice : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly DeadLetterNotices _owner;
        private readonly string _function;
        private readonly string _topic;
        private readonly ITimer _timer;
        private bool _isQuiet;
        private int _count;
        private string? _reason;

        public Notice(DeadLetterNotices owner, TimeProvider time, string function, string topic)
        {
            _owner = owner;
            _function = function;
            _topic = topic;
            _timer = time.CreateTimer(_ => EndInterval(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Add(int count, string? reason)
        {
            lock (_lock)
            {
                _reason = _count == 0 ? reason : _reason;
                _count += count;
                if (!_isQuiet)
                {
                    Say();
                }
            }
        }

        public void Dispose()
        {
            _timer.Dispose();
            EndInterval();
        }

        private void EndInterval()
        {
            lock (_lock)
            {
                _isQuiet = false;
                if (_count > 0)
                {
                    Say();
                }
            }
        }

        private void Say()
        {
            _owner.LogDeadLetters(_function, _count, _topic, _reason);
            _count = 0;
            _isQuiet = _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }
}
