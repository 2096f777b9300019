using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Joins.ForeignKeys;
using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Processing;

// The operators with state. A function has one of them; further ones follow behind a topic.
public sealed partial class KStream<TKey, TValue>
{
    /// <summary>Takes records together by their key, to aggregate them.</summary>
    /// <param name="key">How keys are stored.</param>
    public KGroupedStream<TKey, TValue> GroupByKey(ISerde<TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KGroupedStream<TKey, TValue>(_processor, _output, key, _hasNewKeys);
    }

    /// <summary>Takes records together by a key of their own making, to aggregate them. No topic is needed in between: any instance
    /// can write any key. The updates carry the header <c>kf-version</c>.</summary>
    /// <param name="selector">The key of a record; where it is null, the record is ignored and counted.</param>
    /// <param name="key">How keys are stored.</param>
    public KGroupedStream<TGroup, TValue> GroupBy<TGroup>(Func<TKey, TValue, TGroup> selector, ISerde<TGroup> key) =>
        SelectKey(selector).GroupByKey(key);

    /// <summary>Keeps the latest value of each key: the last by offset. A record without value deletes, one without key is ignored.</summary>
    /// <param name="key">How keys are stored.</param>
    /// <param name="value">How values are stored.</param>
    /// <param name="store">Name of the store.</param>
    public KTable<TKey, TValue> ToTable(ISerde<TKey> key, ISerde<TValue> value, string store)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        var output = new Downstream<TKey, Change<TValue>>();
        var table = new TableSourceOperator<TKey, TValue>(value, output) { HasSeveralWriters = _hasNewKeys };
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(store, "Table", isSecondStage: false, key, table));
        _output.Add(new CollectNode<TKey, TValue>(key, needsValue: false, barrier));
        return new KTable<TKey, TValue>(_processor, output, () => table.KeepsOld = true, canDelete: false);
    }

    /// <summary>Keeps the versions of each key's value, so that streams can be joined with what it was at a record's time: the last by time
    /// is the newest, and of the same time the last by offset. A record without value deletes from its time on, one without key is ignored.</summary>
    /// <remarks>Only what changes a key's newest value is a change of the table. All versions of a key are in one row, of at most 960 KiB;
    /// a record past that becomes a dead letter.</remarks>
    /// <param name="key">How keys are stored.</param>
    /// <param name="value">How values are stored.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="history">How long before the time of a key's newest version its values are known. What was before is forgotten.</param>
    /// <exception cref="ArgumentOutOfRangeException">The history is negative.</exception>
    public KTable<TKey, TValue> ToTable(ISerde<TKey> key, ISerde<TValue> value, string store, TimeSpan history)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(history, TimeSpan.Zero);
        var output = new Downstream<TKey, Change<TValue>>();
        var table = new VersionedTableOperator<TKey, TValue>(value, (long)history.TotalMilliseconds, output) { HasSeveralWriters = _hasNewKeys };
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(store, VersionedRow.Kind, isSecondStage: false, key, table));
        _output.Add(new CollectNode<TKey, TValue>(key, needsValue: false, barrier));
        return new KTable<TKey, TValue>(_processor, output, () => table.KeepsOld = true, canDelete: false);
    }

    /// <summary>Lets a record pass unless the latest one of its id that has passed is less than a period of event time away, earlier or
    /// later. An id is forgotten when the stream time of a partition that has it is two periods further.</summary>
    /// <param name="selector">The id of a record; one whose id is null becomes a dead letter.</param>
    /// <param name="id">How ids are stored.</param>
    /// <param name="period">How far apart two records of one id must be for both to pass.</param>
    /// <param name="store">Name of the store.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is shorter than a millisecond.</exception>
    public KStream<TKey, TValue> DeduplicateBy<TId>(Func<TKey, TValue, TId> selector, ISerde<TId> id, TimeSpan period, string store)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        var output = new Downstream<TKey, TValue>();
        var ids = new DeduplicateOperator<TId, TKey, TValue>((long)period.TotalMilliseconds, id, output);
        var barrier = _processor.AddBarrier(new KeyedBarrier<TId, Timed<Record<TKey, TValue>>>(store, WindowedKind.Of("Deduplicate", $"periods of {(long)period.TotalMilliseconds} ms"), isSecondStage: false, id, ids));
        _output.Add(new DeduplicateNode<TKey, TValue, TId>(selector, id, barrier));
        return new KStream<TKey, TValue>(_processor, output, _hasNewKeys);
    }

    /// <summary>Joins each record with what a table has for its key; records without match are dropped, and so are those without key or
    /// value. Where the table keeps a history, it is what it had at the record's time; else what it has now. The result's timestamp is the
    /// higher of the two.</summary>
    /// <param name="table">The table, kept by another function; its partitions do not matter.</param>
    /// <param name="joiner">The record's value and the table's to the result.</param>
    public KStream<TKey, TOut> Join<TTable, TOut>(TableRef<TKey, TTable> table, Func<TValue, TTable, TOut> joiner) =>
        Join(static (key, _) => key, table, joiner);

    /// <summary>Joins each record with what a table has for a key that the record names.</summary>
    /// <param name="selector">The table's key for a record.</param>
    /// <param name="table">The table, kept by another function.</param>
    /// <param name="joiner">The record's value and the table's to the result.</param>
    public KStream<TKey, TOut> Join<TLookup, TTable, TOut>(
        Func<TKey, TValue, TLookup> selector, TableRef<TLookup, TTable> table, Func<TValue, TTable, TOut> joiner)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return LookUp<TLookup, TTable, TOut>(selector, table, (value, found) => joiner(value, found!), keepsUnmatched: false);
    }

    /// <summary>Joins each record with what a table has for its key, at the record's time where the table keeps a history, or with null (of a
    /// value type: its default) where it has nothing, or the record no key. Records without value are dropped.</summary>
    /// <inheritdoc cref="Join{TTable, TOut}(TableRef{TKey, TTable}, Func{TValue, TTable, TOut})" path="/param"/>
    public KStream<TKey, TOut> LeftJoin<TTable, TOut>(TableRef<TKey, TTable> table, Func<TValue, TTable?, TOut> joiner) =>
        LeftJoin(static (key, _) => key, table, joiner);

    /// <summary>Joins each record with what a table has for a key that the record names, or with null where it has nothing.</summary>
    /// <inheritdoc cref="Join{TLookup, TTable, TOut}(Func{TKey, TValue, TLookup}, TableRef{TLookup, TTable}, Func{TValue, TTable, TOut})" path="/param"/>
    public KStream<TKey, TOut> LeftJoin<TLookup, TTable, TOut>(
        Func<TKey, TValue, TLookup> selector, TableRef<TLookup, TTable> table, Func<TValue, TTable?, TOut> joiner)
    {
        ArgumentNullException.ThrowIfNull(joiner);
        return LookUp(selector, table, joiner, keepsUnmatched: true);
    }

    /// <summary>Is the left side of a join of two streams; another function has the right one.</summary>
    /// <param name="join">The join.</param>
    /// <returns>What is joined when a record of this side comes, and what stays without partner. Both functions write it to the same
    /// topic.</returns>
    public KStream<TKey, TOut> AsLeftOf<TRight, TOut>(StreamJoin<TKey, TValue, TRight, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        var output = new Downstream<TKey, TOut>();
        var rows = new JoinOperator<TKey, TValue, TRight, TOut>(join, StreamSide.Left, output);
        return Join(rows, join.Store, join.Description, join.Key, join.Left, rows.MayBeAlone(StreamSide.Left) ? rows.ForwardAlone : null, join.ShareOf(StreamSide.Left), output);
    }

    /// <summary>Is the right side of a join of two streams; another function has the left one.</summary>
    /// <inheritdoc cref="AsLeftOf{TRight, TOut}(StreamJoin{TKey, TValue, TRight, TOut})" path="/param"/>
    /// <inheritdoc cref="AsLeftOf{TRight, TOut}(StreamJoin{TKey, TValue, TRight, TOut})" path="/returns"/>
    public KStream<TKey, TOut> AsRightOf<TLeft, TOut>(StreamJoin<TKey, TLeft, TValue, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        var output = new Downstream<TKey, TOut>();
        var rows = new JoinOperator<TKey, TLeft, TValue, TOut>(join, StreamSide.Right, output);
        return Join(rows, join.Store, join.Description, join.Key, join.Right, rows.MayBeAlone(StreamSide.Right) ? rows.ForwardAlone : null, join.ShareOf(StreamSide.Right), output);
    }

    private KStream<TKey, TOut> Join<TOut>(
        JoinOperator<TKey> rows,
        string store,
        string kind,
        ISerde<TKey> key,
        ISerde<TValue> value,
        Action<Record<TKey, TValue>, RunContext>? alone,
        StoreShare share,
        Downstream<TKey, TOut> output)
    {
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, JoinInput>(store, kind, isSecondStage: false, key, rows, share));
        _output.Add(new JoinNode<TKey, TValue>(key, value, alone, barrier));
        return new KStream<TKey, TOut>(_processor, output, _hasNewKeys);
    }

    /// <summary>Makes the stream the left table of a join: its latest value per key, the last by offset; a record without value deletes,
    /// one without key is ignored.</summary>
    /// <param name="join">The join. The function is the one that it names for the left side.</param>
    /// <returns>The results of this side's changes. A tombstone says that there is no result any more. They carry the header
    /// <c>kf-version</c>, as two functions write them.</returns>
    public KTable<TKey, TOut> AsLeftOf<TRight, TOut>(TableJoin<TKey, TValue, TRight, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        return Join(join, isLeft: true, join.Left);
    }

    /// <summary>Makes the stream the right table of a join: its latest value per key, the last by offset; a record without value deletes,
    /// one without key is ignored.</summary>
    /// <param name="join">The join. The function is the one that it names for the right side.</param>
    /// <inheritdoc cref="AsLeftOf{TRight, TOut}(TableJoin{TKey, TValue, TRight, TOut})" path="/returns"/>
    public KTable<TKey, TOut> AsRightOf<TLeft, TOut>(TableJoin<TKey, TLeft, TValue, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        return Join(join, isLeft: false, join.Right);
    }

    /// <summary>Makes the stream the left table of a join whose values name keys of the right one: its latest value per key, the last by
    /// offset; a record without value deletes, one without key is ignored.</summary>
    /// <inheritdoc cref="AsLeftOf{TRight, TOut}(TableJoin{TKey, TValue, TRight, TOut})" path="/param"/>
    /// <inheritdoc cref="AsLeftOf{TRight, TOut}(TableJoin{TKey, TValue, TRight, TOut})" path="/returns"/>
    /// <exception cref="InvalidOperationException">The stream has new keys, so that records of one come from several partitions.</exception>
    public KTable<TKey, TOut> AsLeftOf<TForeignKey, TRight, TOut>(ForeignKeyJoin<TKey, TValue, TForeignKey, TRight, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        if (_hasNewKeys)
        {
            throw new InvalidOperationException(
                "A stream with new keys cannot be the left table of a foreign-key join: the records of a key come from several partitions, and what they do to right keys' rows would have no order. Write it to a topic, and join that.");
        }

        var output = new Downstream<TKey, Change<TOut>>();
        // The rows of left keys, of right keys, and of left keys again; each is told of the next.
        var first = _processor.Barriers.Count;
        var links = new LinkLeftOperator<TKey, TValue, TForeignKey, TRight, TOut>(join, first + 1, output) { HasSeveralWriters = true, KeepsOld = true };
        var subscribers = new SubscribeOperator<TKey>(join.Store, first + 2);
        var settled = new LinkRightOperator<TKey, TValue, TForeignKey, TRight, TOut>(join, output) { HasSeveralWriters = true, ComesSecond = true };
        _processor.AddBarrier(new KeyedBarrier<TKey, LeftChange<TValue>>(join.Store, join.Kind, isSecondStage: false, join.Key, links, join.LeftShare));
        _processor.AddBarrier(new KeyedBarrier<TKey, Subscription>(join.Store, join.Kind, isSecondStage: true, join.Key, subscribers, join.LeftShare) { RowKind = RowKeys.RightKey });
        _processor.AddBarrier(new KeyedBarrier<TKey, RightChange>(join.Store, join.Kind, isSecondStage: true, join.Key, settled, join.LeftShare));
        _output.Add(new LinkNode<TKey, TValue>(join.Key, first));
        return new KTable<TKey, TOut>(_processor, output, () => links.KeepsOldResult = settled.KeepsOldResult = settled.KeepsOld = true, canDelete: true);
    }

    /// <summary>Makes the stream the right table of a join, whose keys are named by values of the left one: its latest value per key, the
    /// last by offset; a record without value deletes, one without key is ignored.</summary>
    /// <param name="join">The join. The function is the one that it names for the right side.</param>
    /// <returns>The results of this side's changes, under the left table's keys. A tombstone says that there is no result any more. They
    /// carry the header <c>kf-version</c>, as two functions write them.</returns>
    public KTable<TLeftKey, TOut> AsRightOf<TLeftKey, TLeft, TOut>(ForeignKeyJoin<TLeftKey, TLeft, TKey, TValue, TOut> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        var output = new Downstream<TLeftKey, Change<TOut>>();
        var first = _processor.Barriers.Count;
        var table = new RightTableOperator<TLeftKey, TKey, TValue>(join.Key, join.Right, first + 1);
        var links = new LinkRightOperator<TLeftKey, TLeft, TKey, TValue, TOut>(join, output) { HasSeveralWriters = true };
        _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(join.Store, join.Kind, isSecondStage: false, join.RightKey, table, join.RightShare) { RowKind = RowKeys.RightKey });
        _processor.AddBarrier(new KeyedBarrier<TLeftKey, RightChange>(join.Store, join.Kind, isSecondStage: true, join.Key, links, join.RightShare));
        _output.Add(new CollectNode<TKey, TValue>(join.RightKey, needsValue: false, first));
        return new KTable<TLeftKey, TOut>(_processor, output, () => links.KeepsOldResult = links.KeepsOld = true, canDelete: true);
    }

    private KTable<TKey, TOut> Join<TLeft, TRight, TOut>(TableJoin<TKey, TLeft, TRight, TOut> join, bool isLeft, ISerializer<TValue> side)
    {
        var output = new Downstream<TKey, Change<TOut>>();
        var rows = new TableJoinOperator<TKey, TValue, TLeft, TRight, TOut>(join, isLeft, side, output) { HasSeveralWriters = true, KeepsOld = true };
        var barrier = _processor.AddBarrier(new KeyedBarrier<TKey, TValue>(join.Store, join.Kind, isSecondStage: false, join.Key, rows, join.ShareOf(isLeft)));
        _output.Add(new CollectNode<TKey, TValue>(join.Key, needsValue: false, barrier));
        return new KTable<TKey, TOut>(_processor, output, () => rows.KeepsOldResult = true, canDelete: true);
    }

    private KStream<TKey, TOut> LookUp<TLookup, TTable, TOut>(
        Func<TKey, TValue, TLookup> selector, TableRef<TLookup, TTable> table, Func<TValue, TTable?, TOut> joiner, bool keepsUnmatched)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentNullException.ThrowIfNull(table);
        var output = new Downstream<TKey, TOut>();
        var barrier = _processor.AddBarrier(new LookupBarrier<TKey, TValue, TLookup, TTable, TOut>(table, joiner, keepsUnmatched, output));
        _output.Add(new LookupNode<TKey, TValue, TLookup, TTable, TOut>(selector, table.Key, barrier));
        return new KStream<TKey, TOut>(_processor, output, _hasNewKeys);
    }
}
