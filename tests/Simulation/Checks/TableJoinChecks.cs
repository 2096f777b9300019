using System.Globalization;
using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Joins.ForeignKeys;
using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares the results of a join of two tables, and its rows, with what both tables have in the end.</summary>
internal sealed class TableJoinChecks
{
    private readonly World _world;
    private readonly Survivors _survivors;
    private readonly TableJoinFunctions _join;
    private readonly Dictionary<long, long> _left;
    private readonly Dictionary<long, long> _right;
    private readonly SortedDictionary<long, JoinedPair> _expected;

    public TableJoinChecks(World world, Survivors survivors, TableJoinFunctions join)
    {
        (_world, _survivors, _join) = (world, survivors, join);
        (_left, _right) = (TableOf(TablePart.Left), TableOf(TablePart.Right));
        _expected = new(ResultsOf().ToDictionary());
    }

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() => Rows()
        ?? Unknown()
        ?? Compare("newest results", KeyedRecords.Newest(_survivors[_join.Output]))
        ?? (_world.HadZombies ? null : Compare("last records", KeyedRecords.Last(_world.Broker[_join.Output].Records)) ?? Compare("last records, copies taken out,", KeyedRecords.Last(_survivors[_join.Output])))
        ?? DeadLetters.Of(_survivors, TablePart.Left, _join.LeftFunction, 0)
        ?? DeadLetters.Of(_survivors, TablePart.Right, _join.RightFunction, 0);

    private IEnumerable<KeyValuePair<long, JoinedPair>> ResultsOf()
    {
        foreach (var (key, value) in _left)
        {
            var right = _join.RightKeyOf(key, value) is { } rightKey && _right.TryGetValue(rightKey, out var found) ? found : default(long?);
            if (right is not null || _join.Kind != JoinKind.Inner)
            {
                yield return new(key, new JoinedPair(value, right));
            }
        }

        foreach (var (key, value) in _right.Where(pair => _join.Kind == JoinKind.Outer && !_left.ContainsKey(pair.Key)))
        {
            yield return new(key, new JoinedPair(null, value));
        }
    }

    private string? Rows()
    {
        var actual = StoredLines().Order(StringComparer.Ordinal).ToList();
        var expected = (_join.RightKeys is null ? JoinedRows() : LinkRows().Concat(SubscribersRows())).Order(StringComparer.Ordinal).ToList();
        return actual.SequenceEqual(expected) ? null : $"Store '{_join.Store}' has {string.Join(", ", actual)} and not {string.Join(", ", expected)}.";
    }

    private IEnumerable<string> StoredLines() =>
        from row in StoredRows.All(_world, _join.Store)
        let kind = row.Key.Bytes[0]
        where kind is RowKeys.Value or RowKeys.RightKey
        let value = RowCodec.Decode(row.Value).Value
        where value is not null
        let key = Number(row.Key.Bytes[1..].ToArray())
        select kind == RowKeys.RightKey ? ShowSubscribers(key, value) : _join.RightKeys is null ? ShowJoined(key, value) : ShowLink(key, value);

    private IEnumerable<string> JoinedRows() => _left.Keys.Union(_right.Keys).Select(key => Line(key, Find(_left, key), Find(_right, key)));

    private IEnumerable<string> LinkRows() => _left.Select(pair => Line(pair.Key, pair.Value, _join.RightKeyOf(pair.Key, pair.Value) is { } rightKey ? Find(_right, rightKey) : null));

    private IEnumerable<string> SubscribersRows()
    {
        var subscribers = _left.Where(pair => _join.RightKeyOf(pair.Key, pair.Value) is not null).ToLookup(pair => _join.RightKeyOf(pair.Key, pair.Value)!.Value, pair => pair.Key);
        return _right.Keys.Union(subscribers.Select(group => group.Key)).Select(key => Line(key, Find(_right, key), subscribers[key]));
    }

    private static string ShowJoined(long key, byte[] value)
    {
        var row = JoinRowSerde.Instance.Deserialize(value);
        return Line(key, NumberOrNull(row.Left.Value), NumberOrNull(row.Right.Value));
    }

    private static string ShowLink(long key, byte[] value)
    {
        var row = LinkRowSerde.Instance.Deserialize(value);
        return Line(key, NumberOrNull(row.Left.Value), NumberOrNull(row.Right.Value)) + (row.IsSettled ? "" : " and is not settled");
    }

    private static string ShowSubscribers(long key, byte[] value)
    {
        var row = SubscribersRowSerde.Instance.Deserialize(value);
        return Line(key, NumberOrNull(row.Right.Value), row.Keys.Select(Number));
    }

    private static string Line(long key, long? left, long? right) => string.Create(CultureInfo.InvariantCulture, $"{key} {new JoinedPair(left, right)}");

    private static string Line(long key, long? right, IEnumerable<long> subscribers) =>
        string.Create(CultureInfo.InvariantCulture, $"right {key} {(right is null ? "-" : right)} of {string.Join(' ', subscribers.Order())}");

    /// <summary>Each result is of values that both tables have had.</summary>
    private string? Unknown()
    {
        var (left, right) = (ValuesOf(TablePart.Left), ValuesOf(TablePart.Right));
        return _survivors[_join.Output]
            .Where(record => record.Value is not null)
            .Select(record => (Key: Number(record.Key), Pair: JoinedPair.Serde.Deserialize(record.Value)))
            .Where(result => !IsKnown(result.Key, result.Pair))
            .Select(result => $"{_join.Output} has {result.Pair} of {result.Key}, which the tables never had.")
            .FirstOrDefault();

        bool IsKnown(long key, JoinedPair pair) =>
            (pair.Left is null ? _join.Kind == JoinKind.Outer : left.Contains((key, pair.Left.Value)))
            && (pair.Right is null ? _join.Kind != JoinKind.Inner : right.Contains((pair.Left is { } value ? _join.RightKeyOf(key, value) ?? -1 : key, pair.Right.Value)));
    }

    private HashSet<(long, long)> ValuesOf(string topic) =>
        [.. _survivors[topic].Where(record => record.Value is not null).Select(record => (Number(record.Key), Number(record.Value)))];

    private static SortedDictionary<long, JoinedPair> Results(Dictionary<long, byte[]?> values) =>
        new(values.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => JoinedPair.Serde.Deserialize(pair.Value)));

    private Dictionary<long, long> TableOf(string topic) => KeyedRecords.Last(_survivors[topic])
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => Number(pair.Value));

    private string? Compare(string what, Dictionary<long, byte[]?> values)
    {
        var actual = Results(values);
        return actual.SequenceEqual(_expected) ? null : $"The {what} in {_join.Output} are {Show(actual)} and not {Show(_expected)}.";
    }

    private static string Show(SortedDictionary<long, JoinedPair> results) =>
        string.Join(' ', results.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    private static long? Find(Dictionary<long, long> table, long key) => table.TryGetValue(key, out var value) ? value : null;

    private static long? NumberOrNull(byte[]? bytes) => bytes is null ? null : Number(bytes);

    private static long Number(byte[]? bytes) => Serdes.Int64.Deserialize(bytes);
}
