using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A join of two tables under test: two functions over one store.</summary>
/// <param name="Kind">Which keys have a result where one table has nothing.</param>
/// <param name="RightKeys">How many right keys left values name; null where both tables have the same keys.</param>
internal sealed record TableJoinFunctions(JoinKind Kind, int? RightKeys)
{
    private static readonly ISerde<long?> Value = Serdes.Nullable(Serdes.Int64);

    public string LeftFunction => Name + "OfLeft";

    public string RightFunction => Name + "OfRight";

    public string Store => $"tables-{Name}".ToLowerInvariant();

    public string Output => Name + "-results";

    private string Name => RightKeys is null ? $"Table{Kind}" : $"ForeignKey{Kind}";

    /// <summary>The right key that a left key with a value is joined with; null for none.</summary>
    public long? RightKeyOf(long key, long value) => RightKeys is { } keys ? ForeignKeyOf(value, keys) : key;

    /// <summary>What the functions do, the left one's first.</summary>
    public (StreamProcessor Left, StreamProcessor Right) Processors() => RightKeys is { } keys ? ByForeignKey(keys) : ByKey();

    private static long? ForeignKeyOf(long value, int keys) => value % (keys + 1) is var key && key < keys ? key : null;

    private (StreamProcessor Left, StreamProcessor Right) ByKey()
    {
        var join = Kind switch
        {
            JoinKind.Inner => TableJoin.Inner(Store, Serdes.Int64, Value, Value, JoinedPair.Of, LeftFunction, RightFunction),
            JoinKind.Left => TableJoin.Left(Store, Serdes.Int64, Value, Value, JoinedPair.Of, LeftFunction, RightFunction),
            _ => TableJoin.Outer(Store, Serdes.Int64, Value, Value, JoinedPair.Of, LeftFunction, RightFunction),
        };
        return (Source().AsLeftOf(join).To(Serdes.Int64, JoinedPair.Serde), Source().AsRightOf(join).To(Serdes.Int64, JoinedPair.Serde));
    }

    private (StreamProcessor Left, StreamProcessor Right) ByForeignKey(int keys)
    {
        var key = Serdes.Nullable(Serdes.Int64);
        var join = Kind == JoinKind.Inner
            ? ForeignKeyJoin.Inner(Store, Serdes.Int64, Value, value => ForeignKeyOf(value!.Value, keys), key, Value, JoinedPair.Of, LeftFunction, RightFunction)
            : ForeignKeyJoin.Left(Store, Serdes.Int64, Value, value => ForeignKeyOf(value!.Value, keys), key, Value, JoinedPair.Of, LeftFunction, RightFunction);
        return (
            Source().AsLeftOf(join).To(Serdes.Int64, JoinedPair.Serde),
            KStream.From(key, Value).AsRightOf(join).To(Serdes.Int64, JoinedPair.Serde));
    }

    private static KStream<long, long?> Source() => KStream.From(Serdes.Int64, Value);
}
