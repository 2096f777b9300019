using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Bench.Changes;

/// <summary>The table that a change log leaves behind when its records are applied in order.</summary>
internal sealed class ChangeLogTable
{
    private static readonly ChangeSerde<Customer> Change = new(ChangesJson.Default.Customer);

    private ChangeLogTable()
    {
    }

    /// <summary>Its rows by key.</summary>
    public Dictionary<string, Customer> Rows { get; } = [];

    /// <summary>Records that set a row.</summary>
    public int Upserts { get; private set; }

    /// <summary>Records that take a row away, without the tombstones that follow them.</summary>
    public int Deletes { get; private set; }

    /// <summary>Records without value.</summary>
    public int Tombstones { get; private set; }

    /// <summary>Values that came wrapped with their schema.</summary>
    public int WithSchema { get; private set; }

    /// <summary>Records that the reader refuses, and why; the first ones.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>All records.</summary>
    public int Records => Upserts + Deletes + Tombstones + Refused.Count;

    /// <summary>Reads a topic from its beginning to its present end.</summary>
    public static async Task<ChangeLogTable> ReadAsync(ITopicClient topics, string topic, CancellationToken cancellationToken)
    {
        var table = new ChangeLogTable();
        await foreach (var record in topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            table.Apply(record);
        }

        return table;
    }

    private void Apply(InputRecord record)
    {
        try
        {
            var key = ChangeKeySerde.Instance.Deserialize(record.Key) ?? throw new SerializationException("The record has no key.");
            Apply(key, Change.Deserialize(record.Value), record);
        }
        catch (SerializationException exception)
        {
            Refused.Add(exception.Message);
        }
    }

    private void Apply(string key, Customer? customer, InputRecord record)
    {
        WithSchema += record.Value.AsSpan().StartsWith("{\"schema\""u8) ? 1 : 0;
        if (customer is not null)
        {
            Rows[key] = customer;
            Upserts++;
            return;
        }

        Rows.Remove(key);
        if (record.Value is null)
        {
            Tombstones++;
        }
        else
        {
            Deletes++;
        }
    }
}
