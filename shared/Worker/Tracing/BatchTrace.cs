using System.Diagnostics;
using System.Globalization;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Telemetry;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>The spans of a batch, from its function's processor to the last acknowledgement. A batch whose records all belong to one
/// trace is a span in it. Any other is a span of its own trace that links to theirs, and has a further span in each of them, as far as
/// <see cref="SpanBudget"/> allows, so that a record's trace shows every function that it flows through. What the records become carries the
/// span of its own trace. Not safe for concurrent use.</summary>
internal sealed class BatchTrace
{
    private readonly RecordTraces _traces;

    private BatchTrace(RecordTraces traces, Activity batch)
    {
        _traces = traces;
        Batch = batch;
    }

    /// <summary>The batch's span.</summary>
    public Activity Batch { get; }

    /// <summary>That of an invocation; null where nobody listens, or its function has run no processor.</summary>
    public static BatchTrace? Of(FunctionContext context) => context.Items.TryGetValue(typeof(BatchTrace), out var trace) ? (BatchTrace)trace : null;

    /// <summary>Starts the spans, the batch's as the current activity; null where nobody listens.</summary>
    public static BatchTrace? Start(FunctionContext context, KafkaRecord[] records)
    {
        if (!WorkerTelemetry.Source.HasListeners() || records.Length == 0 || context.Items.ContainsKey(typeof(BatchTrace)))
        {
            return null;
        }

        var services = context.InstanceServices;
        var traces = RecordTraces.Of(records);
        var followed = traces.Several.Take(services.GetRequiredService<SpanBudget>().Take(traces.Several.Count)).ToList();
        var function = services.GetRequiredService<FunctionCatalog>().Find(context.FunctionDefinition.Name);
        if (function?.Trigger is null || StartBatch(function, function.Trigger, records, traces.Common, followed) is not { } batch)
        {
            return null;
        }

        foreach (var trace in followed)
        {
            trace.Follow(StartSpan(function, function.Trigger, trace.First, trace.Records, trace.Context, [batch.Context, .. trace.Others]));
        }

        traces.Common?.Follow(batch);
        Activity.Current = batch;
        var started = new BatchTrace(traces, batch);
        context.Items.Add(typeof(BatchTrace), started);
        return started;
    }

    /// <summary>A record as the core reads it: what it becomes belongs to the span of its trace.</summary>
    public InputRecord Read(KafkaRecord record) => record.ToInputRecord(_traces);

    /// <summary>All is acknowledged.</summary>
    public void Succeed(BatchCounts counts)
    {
        if (Batch.IsAllDataRequested)
        {
            Batch.SetTag("kafkafunctions.records.out", counts.Out)
                .SetTag("kafkafunctions.records.dropped", counts.Dropped)
                .SetTag("kafkafunctions.records.duplicates", counts.Duplicates)
                .SetTag("kafkafunctions.records.dead_lettered", counts.DeadLettered);
        }

        Stop();
    }

    /// <summary>The invocation failed: the batch is run again.</summary>
    public void Fail(Exception error)
    {
        Batch.AddException(error);
        foreach (var span in _traces.Several.Select(trace => trace.Span).OfType<Activity>().Append(Batch))
        {
            span.SetStatus(ActivityStatusCode.Error, error.Message).SetTag(MessagingNames.ErrorType, error.GetType().FullName);
        }

        Stop();
    }

    /// <summary>Ends the spans.</summary>
    public void Stop()
    {
        foreach (var trace in _traces.Several)
        {
            trace.Span?.Stop();
        }

        Batch.Stop();
    }

    /// <remarks>The host may have continued the records' trace already. Where it has not, as the Functions host for a batch, the span does,
    /// and links to what the host began.</remarks>
    private static Activity? StartBatch(
        FunctionEntry function, KafkaTriggerBinding trigger, KafkaRecord[] records, RecordTrace? common, IReadOnlyList<RecordTrace> followed)
    {
        var current = Activity.Current;
        if (common is not null)
        {
            return current?.TraceId == common.Context.TraceId
                ? StartSpan(function, trigger, records[0], records.Length, default, common.Others)
                : StartSpan(function, trigger, records[0], records.Length, common.Context, current is null ? common.Others : [current.Context, .. common.Others]);
        }

        return StartSpan(function, trigger, records[0], records.Length, default, followed.Select(trace => trace.Context));
    }

    private static Activity? StartSpan(
        FunctionEntry function, KafkaTriggerBinding trigger, KafkaRecord first, int records, ActivityContext parent, IEnumerable<ActivityContext> links)
    {
        var span = WorkerTelemetry.Source.StartActivity(ActivityKind.Consumer, parent, tags: null, links.Select(context => new ActivityLink(context)), name: $"{MessagingNames.Process} {first.Topic}");
        return span is not { IsAllDataRequested: true } ? span : span
            .AddTag(MessagingNames.Function, function.Name)
            .AddTag(MessagingNames.System, IsEmbedded(trigger) ? MessagingNames.Embedded : MessagingNames.Kafka)
            .AddTag(MessagingNames.OperationName, MessagingNames.Process)
            .AddTag(MessagingNames.OperationType, MessagingNames.Process)
            .AddTag(MessagingNames.Topic, first.Topic)
            .AddTag(MessagingNames.Partition, first.Partition.ToString(CultureInfo.InvariantCulture))
            .AddTag(MessagingNames.Offset, first.Offset)
            .AddTag(MessagingNames.ConsumerGroup, trigger.ConsumerGroup)
            .AddTag(MessagingNames.MessageCount, records);
    }

    private static bool IsEmbedded(KafkaTriggerBinding trigger) => trigger.Broker.Equals(KafkaSettingNames.Embedded, StringComparison.OrdinalIgnoreCase);
}
