using System.Text.Json;

namespace KafkaFunctions.App.ChangeData;

/// <summary>The fields of an object that tell how a change is written down. Where a field is there twice, its last value counts.</summary>
internal struct ChangeFields
{
    /// <summary>How many fields the object has, known or not.</summary>
    public int Count { get; private set; }

    /// <summary>Of Kafka Connect's wrapper: the types of the payload.</summary>
    public ChangePart Schema { get; private set; }

    /// <summary>Of Kafka Connect's wrapper: the data.</summary>
    public ChangePart Payload { get; private set; }

    /// <summary>Of Debezium's envelope: what happened.</summary>
    public ChangePart Operation { get; private set; }

    /// <summary>Of Debezium's envelope: the row as it was.</summary>
    public ChangePart Before { get; private set; }

    /// <summary>Of Debezium's envelope: the row as it is.</summary>
    public ChangePart After { get; private set; }

    /// <summary>Of Debezium's envelope: where in the database's log.</summary>
    public ChangePart Source { get; private set; }

    /// <summary>Of a row that Debezium has unwrapped: whether it is gone.</summary>
    public ChangePart Deleted { get; private set; }

    /// <summary>The row's id.</summary>
    public ChangePart Id { get; private set; }

    /// <summary>Of the key of a message in the log: what kind of message.</summary>
    public ChangePart Prefix { get; private set; }

    /// <summary>Whether this is Kafka Connect's wrapper around the data.</summary>
    public readonly bool IsWrapper => Count == 2 && Schema.Exists && Payload.Exists;

    /// <summary>Whether this is Debezium's envelope; a row may have a column named <c>op</c>.</summary>
    public readonly bool IsEnvelope => Operation.Exists && (Before.Exists || After.Exists || Source.Exists);

    /// <summary>Reads the fields of an object.</summary>
    /// <param name="document">All bytes of the record's key or value.</param>
    /// <param name="part">The object.</param>
    public static ChangeFields Read(ReadOnlySpan<byte> document, ChangePart part)
    {
        var fields = default(ChangeFields);
        var reader = new Utf8JsonReader(document[part.Range]);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            fields.Add(ref reader, part.Start);
        }

        return fields;
    }

    private void Add(ref Utf8JsonReader reader, int offset)
    {
        // The reader stands on the name and has to move on before the value is known.
        var name = reader;
        reader.Read();
        var type = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        Set(ref name, new ChangePart(offset + start, offset + (int)reader.BytesConsumed, type));
        Count++;
    }

    private void Set(ref Utf8JsonReader name, ChangePart value)
    {
        if (name.ValueTextEquals("schema"u8))
        {
            Schema = value;
        }
        else if (name.ValueTextEquals("payload"u8))
        {
            Payload = value;
        }
        else if (name.ValueTextEquals("op"u8))
        {
            Operation = value;
        }
        else if (name.ValueTextEquals("before"u8))
        {
            Before = value;
        }
        else if (name.ValueTextEquals("after"u8))
        {
            After = value;
        }
        else if (name.ValueTextEquals("source"u8))
        {
            Source = value;
        }
        else if (name.ValueTextEquals("__deleted"u8))
        {
            Deleted = value;
        }
        else if (name.ValueTextEquals("id"u8))
        {
            Id = value;
        }
        else if (name.ValueTextEquals("prefix"u8))
        {
            Prefix = value;
        }
    }
}
