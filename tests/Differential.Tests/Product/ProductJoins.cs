using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Joins;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using ProductForeignKeyJoin = KafkaFunctions.Streams.Joins.ForeignKeyJoin;
using ProductTableJoin = KafkaFunctions.Streams.Joins.TableJoin;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>The product's operators for a case of two inputs: one function for each side.</summary>
internal static class ProductJoins
{
    public const string Left = "LeftSide";
    public const string Right = "RightSide";
    private const string Store = "case-join";

    private static readonly ISerde<long?> Value = Serdes.Nullable(Serdes.Int64);

    public static StreamProcessor Of(Specification specification, Side side) => specification switch
    {
        TableJoin settings => Tables(settings, side),
        StreamTableJoin settings => StreamAndTable(settings, side),
        ForeignKeyJoin settings => ForeignKeys(settings, side),
        _ => throw new ArgumentException($"There is no product runner for '{specification.Kind}'.", nameof(specification)),
    };

    private static KStream<string?, long?> Input() => KStream.From(Serdes.Utf8, Value);

    private static StreamProcessor Tables(TableJoin settings, Side side)
    {
        var join = settings.Join switch
        {
            JoinKind.Inner => ProductTableJoin.Inner(Store, Serdes.Utf8, Value, Value, Joined.Of, Left, Right),
            JoinKind.Left => ProductTableJoin.Left(Store, Serdes.Utf8, Value, Value, Joined.Of, Left, Right),
            _ => ProductTableJoin.Outer(Store, Serdes.Utf8, Value, Value, Joined.Of, Left, Right),
        };
        return (side == Side.Left ? Input().AsLeftOf(join) : Input().AsRightOf(join)).To(Serdes.Utf8, Serdes.Utf8!);
    }

    private static StreamProcessor ForeignKeys(ForeignKeyJoin settings, Side side)
    {
        var join = settings.Join == JoinKind.Inner
            ? ProductForeignKeyJoin.Inner(Store, Serdes.Utf8, Value, value => ForeignKeyJoin.ForeignKeyOf(value!.Value), Serdes.Utf8, Value, Joined.Of, Left, Right)
            : ProductForeignKeyJoin.Left(Store, Serdes.Utf8, Value, value => ForeignKeyJoin.ForeignKeyOf(value!.Value), Serdes.Utf8, Value, Joined.Of, Left, Right);
        return (side == Side.Left ? Input().AsLeftOf(join) : Input().AsRightOf(join)).To(Serdes.Utf8, Serdes.Utf8!);
    }

    private static StreamProcessor StreamAndTable(StreamTableJoin settings, Side side)
    {
        if (side == Side.Right)
        {
            return (settings.Versioned
                ? KTable.From(Serdes.Utf8, Value, Store, TimeSpan.FromMilliseconds(settings.History))
                : KTable.From(Serdes.Utf8, Value, Store)).Build();
        }

        var table = new TableRef<string?, long?>(Store, Serdes.Utf8, Value);
        var joined = settings.Join == JoinKind.Inner ? Input().Join(table, Joined.Of) : Input().LeftJoin(table, Joined.Of);
        return joined.To(Serdes.Utf8, Serdes.Utf8!);
    }
}
