using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.Invocation;

/// <summary>Functions that the invoker's tests run. What they do beside returning goes to the journal.</summary>
internal sealed class InvokedFunctions(Journal journal)
{
    [Function("Records")]
    public void Records([KafkaTrigger("BrokerList", "t", IsBatched = true)] KafkaRecord[] records, FunctionContext context, CancellationToken cancellationToken) =>
        journal.Add(records, context, cancellationToken);

    [Function("Texts")]
    public Task Texts([KafkaTrigger("BrokerList", "t", IsBatched = true)] string[] values)
    {
        journal.Add(values);
        return Task.CompletedTask;
    }

    [Function("Bytes")]
    public ValueTask Bytes([KafkaTrigger("BrokerList", "t")] byte[] value)
    {
        journal.Add(value);
        return ValueTask.CompletedTask;
    }

    [Function("Sync")]
    [KafkaOutput("BrokerList", "out")]
    public static string[] Sync([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => [record.Topic];

    [Function("InTask")]
    [KafkaOutput("BrokerList", "out")]
    public static async Task<string> InTask([KafkaTrigger("BrokerList", "t")] KafkaRecord record)
    {
        await Task.Yield();
        return record.Topic;
    }

    [Function("InValueTask")]
    [KafkaOutput("BrokerList", "out")]
    public static ValueTask<string?> InValueTask([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => ValueTask.FromResult(record.Value is null ? null : record.Topic);

    [Function("Branches")]
    public static Branched Branches([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => new() { Left = [record.Topic], Other = 1 };

    [Function("Throws")]
    public static void Throws([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => throw new InvalidTimeZoneException(record.Topic);

    [Function("ThrowsLater")]
    public static async Task ThrowsLater([KafkaTrigger("BrokerList", "t")] KafkaRecord record)
    {
        await Task.Yield();
        throw new InvalidTimeZoneException(record.Topic);
    }

    [Function("Retried")]
    [FixedDelayRetry(2, "00:00:10")]
    public void Retried([KafkaTrigger("BrokerList", "t")] KafkaRecord record, FunctionContext context)
    {
        journal.Add(context.RetryContext.RetryCount, context.RetryContext.MaxRetryCount, context.InvocationId);
        throw new InvalidTimeZoneException(record.Topic);
    }

    [Function("Unsendable")]
    [KafkaOutput("BrokerList", "out")]
    public static int Unsendable([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => record.Partition;

    [Function("TooMany")]
    [KafkaOutput("BrokerList", "missing-topic")]
    public static string TooMany([KafkaTrigger("BrokerList", "t")] KafkaRecord record) => record.Topic;

    internal sealed class Branched
    {
        [KafkaOutput("BrokerList", "left")]
        public string[]? Left { get; set; }

        [KafkaOutput("BrokerList", "right")]
        public string[]? Right { get; set; }

        public int Other { get; set; }
    }
}
