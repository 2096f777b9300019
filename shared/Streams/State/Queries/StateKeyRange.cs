using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Which keys of a store are asked for; keys are compared byte by byte.</summary>
public sealed record StateKeyRange
{
    /// <summary>All keys.</summary>
    public static StateKeyRange All { get; } = new();

    /// <summary>What the keys begin with. Default: anything.</summary>
    public byte[] Prefix { get; init; } = [];

    /// <summary>The first key; null (default) from the beginning.</summary>
    public byte[]? From { get; init; }

    /// <summary>The last key, itself included; null (default) to the end.</summary>
    public byte[]? To { get; init; }

    /// <summary>Only keys after this one, where a page went before; null (default) for none.</summary>
    public byte[]? After { get; init; }

    /// <summary>The same as rows of a bucket.</summary>
    internal StateRange ToRows()
    {
        var rows = StateRange.Prefix([RowKeys.Value, .. Prefix]);
        return rows with
        {
            From = Later(Later(rows.From, From is null ? null : RowKeys.Of(RowKeys.Value, From)), After is null ? null : RowKeys.Of(RowKeys.Value, After).Next()),
            Before = To is not null && RowKeys.Of(RowKeys.Value, To).Next() is var end && !(rows.Before <= end) ? end : rows.Before,
        };
    }

    private static StateKey? Later(StateKey? left, StateKey? right) => left is null || right > left ? right ?? left : left;
}
