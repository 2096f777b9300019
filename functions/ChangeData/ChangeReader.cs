using System.Text.Json;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>Reads what a change-log record says of a row: Debezium's envelope, or the plain row that other connectors and
/// Debezium's <c>ExtractNewRecordState</c> write, either with Kafka Connect's schema around it or without.</summary>
internal static class ChangeReader
{
    private const string Operations = "c, r, u, d, t or m";

    // Stands for a long text that an update did not touch and the log therefore does not have.
    private static ReadOnlySpan<byte> Unavailable => "\"__debezium_unavailable_value\""u8;

    /// <summary>Reads a record's value.</summary>
    /// <exception cref="SerializationException">The value is no change of one row.</exception>
    public static Change Read(ReadOnlySpan<byte> value)
    {
        var document = ChangeDocument.Read(value);
        return document.Data.Type switch
        {
            JsonTokenType.Null => new Change(ChangeKind.Delete),
            JsonTokenType.StartObject => document.Fields.IsEnvelope ? ReadEnvelope(value, document) : ReadRow(value, document),
            _ => throw JsonText.Error(value, document.Data.Start, $"expected a change or a row at {document.Path}"),
        };
    }

    private static Change ReadEnvelope(ReadOnlySpan<byte> value, ChangeDocument document)
    {
        var operation = document.Fields.Operation;
        return Operation(value, operation) switch
        {
            (byte)'c' or (byte)'r' or (byte)'u' => Upsert(value, AfterOf(value, document), document.Path == JsonText.Root ? "$.after" : "$.payload.after"),
            (byte)'d' => new Change(ChangeKind.Delete),
            (byte)'m' => new Change(ChangeKind.None),
            (byte)'t' => throw JsonText.Error(
                value,
                operation.Start,
                "the table was truncated, which does not name the rows that are gone. Delete rows instead, or reset the state and take a new snapshot"),
            _ => throw JsonText.Error(value, operation.Start, $"expected {Operations} at {document.Path}.op"),
        };
    }

    private static Change ReadRow(ReadOnlySpan<byte> value, ChangeDocument document) =>
        IsDeleted(value, document) ? new Change(ChangeKind.Delete) : Upsert(value, document.Data, document.Path);

    private static bool IsDeleted(ReadOnlySpan<byte> value, ChangeDocument document)
    {
        var deleted = document.Fields.Deleted;
        if (!deleted.Exists || deleted.Type == JsonTokenType.Null)
        {
            return false;
        }

        var text = value[deleted.Range];
        return text.SequenceEqual("\"true\""u8) || text.SequenceEqual("true"u8)
            || (text.SequenceEqual("\"false\""u8) || text.SequenceEqual("false"u8)
                ? false
                : throw JsonText.Error(value, deleted.Start, $"expected true or false at {document.Path}.__deleted"));
    }

    private static Change Upsert(ReadOnlySpan<byte> value, ChangePart row, string path)
    {
        var unavailable = value[row.Range].IndexOf(Unavailable);
        return unavailable < 0
            ? new Change(ChangeKind.Upsert, row.Range, path)
            : throw JsonText.Error(
                value, row.Start + unavailable, $"the log does not have a column of {path}. Set the table's REPLICA IDENTITY to FULL");
    }

    private static ChangePart AfterOf(ReadOnlySpan<byte> value, ChangeDocument document)
    {
        var after = document.Fields.After;
        return after.Type == JsonTokenType.StartObject
            ? after
            : throw JsonText.Error(
                value, after.Exists ? after.Start : document.Data.Start, $"expected the row as it is now at {document.Path}.after");
    }

    /// <summary>The operation's letter; 0 where it is anything else.</summary>
    private static byte Operation(ReadOnlySpan<byte> value, ChangePart operation) =>
        operation.Type == JsonTokenType.String && value[operation.Range] is [_, var letter, _] ? letter : (byte)0;
}
