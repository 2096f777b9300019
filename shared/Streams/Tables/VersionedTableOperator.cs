using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Keeps the versions of each key's value: the last by time is the newest, and of the same time the last by offset. Null deletes,
/// from its time on. What changes no newest value goes no further.</summary>
/// <param name="value">How values are stored.</param>
/// <param name="history">How long before a key's newest version its values are to be known, in milliseconds.</param>
/// <param name="output">What takes the changes.</param>
internal sealed class VersionedTableOperator<TKey, TValue>(ISerde<TValue> value, long history, Downstream<TKey, Change<TValue>> output)
    : StateOperator<TKey, TValue, VersionedRow>(VersionedRowSerde.Instance)
{
    public override PayloadFormat ValueFormat => IPayloadFormat.Of(value);

    public override RowValue<VersionedRow> Apply(in Operation<TKey, TValue> operation, in RowValue<VersionedRow> before, List<OwnEmission> emit)
    {
        var version = new TableVersion(operation.Timestamp, operation.Value is null ? null : value.Serialize(operation.Value));
        var row = before.Exists ? before.Value : VersionedRow.Of(version);
        row.Put(version, history);
        return new RowValue<VersionedRow>(true, row, row.Newest.Timestamp);
    }

    public override byte[]? NewOf(byte[]? row) => row is null ? null : State.Deserialize(row).Newest.Value;

    public override byte[]? OldOf(byte[]? before) => NewOf(before);

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter)
    {
        var (old, now) = (NewOf(before), NewOf(after));
        return old is null || now is null ? old == now : old.AsSpan().SequenceEqual(now);
    }

    public override void Forward(in Operation<TKey, TValue> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var change = new Change<TValue>(entry.Value is not null, Read(entry.Value), entry.HasOld, entry.HasOld && entry.Old is not null, Read(entry.Old));
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        var record = new Record<TKey, Change<TValue>>(
            operation.Key, change, entry.Timestamp, HasSeveralWriters ? VersionHeaders.Add(headers, entry.Version) : headers ?? Array.Empty<RecordHeader>());
        output.Forward(in record, context);
    }

    private TValue Read(byte[]? bytes) => bytes is null ? default! : value.Deserialize(bytes);
}
