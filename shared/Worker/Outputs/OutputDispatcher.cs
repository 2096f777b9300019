using System.Collections.Concurrent;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.DeadLetters;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Sends an invocation's outputs and dead letters: identity, size check, publish with retries.</summary>
internal sealed partial class OutputDispatcher
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    // As their identities follow each other, whatever the reason why they are dead letters.
    private static readonly Comparer<RecordOrigin?> InOrderOfOutbox = Comparer<RecordOrigin?>.Create((left, right) =>
        (left!.Value.Partition, left.Value.Offset, left.Value.Index).CompareTo((right!.Value.Partition, right.Value.Offset, right.Value.Index)));

    private readonly ConcurrentDictionary<string, IdentityStamp> _stamps = new();
    private readonly FunctionCatalog _catalog;
    private readonly IRecordPublisher _publisher;
    private readonly WorkerInstruments _instruments;
    private readonly DeadLetterNotices _notices;
    private readonly ILogger<OutputDispatcher> _logger;
    private readonly string _application;
    private readonly ResiliencePipeline _retries;

    public OutputDispatcher(
        FunctionCatalog catalog,
        IRecordPublisher publisher,
        WorkerInstruments instruments,
        DeadLetterNotices notices,
        IOptions<OutputOptions> options,
        TimeProvider time,
        ILogger<OutputDispatcher> logger)
    {
        _catalog = catalog;
        _publisher = publisher;
        _instruments = instruments;
        _notices = notices;
        _logger = logger;
        _application = options.Value.Application;
        _retries = CreateRetries(options.Value.PublishRetries, time);
    }

    /// <summary>Gives the outputs their identity.</summary>
    public void Stamp(FunctionEntry function, IReadOnlyList<PendingOutputs> outputs)
    {
        var stamp = StampOf(function);
        foreach (var output in outputs.SelectMany(pending => pending.Records))
        {
            stamp.Apply(output);
        }
    }

    /// <summary>Sends everything; returns when all of it is acknowledged.</summary>
    /// <param name="function">The function.</param>
    /// <param name="outputs">What it returned, by topic, stamped; empty where the host's binding publishes it.</param>
    /// <param name="batch">The batch with the outcome of each record; null where the function ran no stream processor.</param>
    /// <param name="cancellationToken">Stops the wait; the invocation then fails and is run again.</param>
    public async Task<BatchCounts> DispatchAsync(
        FunctionEntry function,
        IReadOnlyList<PendingOutputs> outputs,
        ProcessedBatch? batch,
        CancellationToken cancellationToken)
    {
        var letters = new DeadLetterBatch(function, batch);
        letters.AddPoison();
        var pending = await letters.TakeTooLargeAsync(
            PendingOutputs.Merge(outputs),
            topic => GetMaxRecordBytesAsync(function, topic, cancellationToken)).ConfigureAwait(false);

        // Before anything is published: a letter that fits nowhere fails the invocation, and would have it all published again.
        await SealAsync(function, letters, cancellationToken).ConfigureAwait(false);
        var refused = new ConcurrentQueue<(OutputRecord Record, RecordRefusedException Error)>();
        var published = await Task.WhenAll(pending.Select(output => PublishAsync(function, output, refused, cancellationToken))).ConfigureAwait(false);
        letters.AddRefused(refused);
        if (letters.Records.Count > 0)
        {
            await SealAsync(function, letters, cancellationToken).ConfigureAwait(false);
            await PublishAsync(function, letters.Topic, letters.Records, cancellationToken).ConfigureAwait(false);
            _notices.Add(function.Name, letters.Topic, letters.Records.Count, letters.FirstReason);
        }

        return new BatchCounts(batch?.Records.Length ?? 0, published.Sum(), batch?.Result.Dropped ?? 0, batch?.Result.Duplicates ?? 0, letters.Records.Count);
    }

    /// <summary>Sends the current values of rows that have moved on (design rule 7), after what the function returned. One that the
    /// topic does not take is left out: the record that made it becomes a dead letter where it is processed.</summary>
    /// <returns>How many were published.</returns>
    public async Task<int> DispatchAgainAsync(FunctionEntry function, IReadOnlyList<PendingOutputs> outputs, CancellationToken cancellationToken)
    {
        var published = 0;
        foreach (var pending in PendingOutputs.Merge(outputs))
        {
            var limit = await GetMaxRecordBytesAsync(function, pending.Topic, cancellationToken).ConfigureAwait(false);
            var fitting = pending with { Records = [.. pending.Records.Where(record => RecordSize.Of(record) <= limit)] };
            published += await PublishAsync(function, fitting, [], cancellationToken, takesOrphans: true).ConfigureAwait(false);
        }

        return published;
    }

    /// <summary>Publishes results that no single record triggered, in their order. One that its topic does not take, or that could not
    /// be sent on, becomes a dead letter.</summary>
    /// <param name="function">The function.</param>
    /// <param name="outputs">The results, by topic.</param>
    /// <param name="failed">Those that could not be sent on.</param>
    /// <param name="cancellationToken">Stops the retries.</param>
    /// <returns>How many were published, and how many are dead letters.</returns>
    public async Task<(int Published, int DeadLetters)> DispatchResultsAsync(
        FunctionEntry function, IReadOnlyList<PendingOutputs> outputs, IReadOnlyList<(OutputRecord Result, Exception Error)> failed, CancellationToken cancellationToken)
    {
        Stamp(function, outputs);
        var letters = failed.Select(failure => DeadLetter.OfResult(failure.Result, function.Name, failure.Error)).ToList();
        var refused = new ConcurrentQueue<(OutputRecord Record, RecordRefusedException Error)>();
        var published = 0;
        foreach (var pending in PendingOutputs.Merge(outputs))
        {
            var limit = await GetMaxRecordBytesAsync(function, pending.Topic, cancellationToken).ConfigureAwait(false);
            letters.AddRange(
                from record in pending.Records
                let size = RecordSize.Of(record)
                where size > limit
                select DeadLetter.OfResult(record, function.Name, new RecordTooLargeException(pending.Topic, size, limit)));
            var fitting = pending with { Records = [.. pending.Records.Where(record => RecordSize.Of(record) <= limit)] };
            published += await PublishAsync(function, fitting, refused, cancellationToken).ConfigureAwait(false);
        }

        letters.AddRange(refused.Select(refusal => DeadLetter.OfResult(refusal.Record, function.Name, refusal.Error)));
        if (letters.Count > 0)
        {
            await PublishLettersAsync(function, [.. letters.OrderBy(letter => letter.Origin, InOrderOfOutbox)], cancellationToken).ConfigureAwait(false);
        }

        return (published, letters.Count);
    }

    private async Task PublishLettersAsync(FunctionEntry function, List<OutputRecord> letters, CancellationToken cancellationToken)
    {
        var topic = function.Trigger!.DeadLetterTopic;
        var limit = await GetMaxRecordBytesAsync(function, topic, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < letters.Count; i++)
        {
            letters[i] = RecordSize.Of(letters[i]) <= limit ? letters[i] : DeadLetter.WithoutValue(letters[i]);
            StampOf(function).Apply(letters[i]);
        }

        await PublishAsync(function, topic, letters, cancellationToken).ConfigureAwait(false);
        _notices.Add(function.Name, topic, letters.Count, letters[0].Headers.First(header => header.Key == HeaderNames.DeadLetterErrorMessage).ValueAsText);
    }

    private async ValueTask SealAsync(FunctionEntry function, DeadLetterBatch letters, CancellationToken cancellationToken)
    {
        if (letters.Records.Count > 0)
        {
            letters.Seal(StampOf(function), await GetMaxRecordBytesAsync(function, letters.Topic, cancellationToken).ConfigureAwait(false));
        }
    }

    private async ValueTask<long> GetMaxRecordBytesAsync(FunctionEntry function, string topic, CancellationToken cancellationToken)
    {
        var limit = 0L;
        await RetryAsync(
            function,
            topic,
            async token => limit = await _publisher.GetMaxRecordBytesAsync(topic, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return limit;
    }

    /// <summary>Publishes the records that the topic accepts; without <paramref name="takesOrphans"/> a refused one must have a source.</summary>
    /// <returns>How many these are.</returns>
    private async Task<int> PublishAsync(
        FunctionEntry function,
        PendingOutputs pending,
        ConcurrentQueue<(OutputRecord Record, RecordRefusedException Error)> refused,
        CancellationToken cancellationToken,
        bool takesOrphans = false)
    {
        var records = pending.Records;
        while (records.Count > 0)
        {
            try
            {
                await PublishAsync(function, pending.Topic, records, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (RecordRefusedException error) when (takesOrphans || records[error.Index].Origin is not null)
            {
                // Nothing of the call was published: it goes out again without this record.
                var record = records[error.Index];
                refused.Enqueue((record, error));
                records = [.. records.Where(other => other != record)];
            }
        }

        return records.Count;
    }

    private IdentityStamp StampOf(FunctionEntry function) => _stamps.GetOrAdd(
        function.Name,
        (_, entry) => new IdentityStamp(_application, entry.Name, _catalog.HonouredBy(entry, _application)),
        function);

    private async Task PublishAsync(FunctionEntry function, string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        await RetryAsync(function, topic, token => _publisher.PublishAsync(topic, records, token), cancellationToken).ConfigureAwait(false);
        var bytes = 0L;
        foreach (var record in records)
        {
            bytes += (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0);
        }

        _instruments.Published(function.Name, bytes);
    }

    private async Task RetryAsync(FunctionEntry function, string topic, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(FunctionKey, function.Name);
        context.Properties.Set(TopicKey, topic);
        try
        {
            await _retries.ExecuteAsync(static async (context, call) => await call(context.CancellationToken).ConfigureAwait(false), context, call).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline CreateRetries(int attempts, TimeProvider time) => attempts == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = attempts,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<PublishException>().Handle<TopicNotFoundException>().Handle<BrokerUnavailableException>(),
                OnRetry = arguments =>
                {
                    arguments.Context.Properties.TryGetValue(FunctionKey, out var function);
                    arguments.Context.Properties.TryGetValue(TopicKey, out var topic);
                    _instruments.PublishRetried(function!);
                    LogPublishRetry(function!, topic!, arguments.RetryDelay, arguments.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();

    private static readonly ResiliencePropertyKey<string> FunctionKey = new("kafkafunctions.function");
    private static readonly ResiliencePropertyKey<string> TopicKey = new("kafkafunctions.topic");
}
