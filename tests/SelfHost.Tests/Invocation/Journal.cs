using System.Collections.Concurrent;

namespace KafkaFunctions.SelfHost.Tests.Invocation;

/// <summary>What happened, in order.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<object?[]> _entries = [];

    public IReadOnlyList<object?[]> Entries => [.. _entries];

    public void Add(params object?[] entry) => _entries.Enqueue(entry);
}
