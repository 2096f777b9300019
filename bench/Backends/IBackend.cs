using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Backends;

/// <summary>Topics that the app and the harness share.</summary>
internal interface IBackend : IAsyncDisposable
{
    /// <summary>Settings that point the app at these topics.</summary>
    IReadOnlyDictionary<string, string?> AppSettings { get; }

    ITopicClient Topics { get; }

    IRecordPublisher Publisher { get; }
}
