using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A store that is read from outside.</summary>
internal sealed record OpenStore(IStateStore Store, StoreDescription Description)
{
    /// <summary>The entry of a row; null where its key has no value any more.</summary>
    /// <exception cref="StateCorruptException">The row cannot be read.</exception>
    public StateEntry? Decode(StateBucket bucket, StateRow row)
    {
        try
        {
            var state = RowCodec.Decode(row.Value);
            return state.Value is null ? null : new StateEntry(row.Key.Bytes[1..].ToArray(), state.Value, state.Version, state.Timestamp);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(Store.Name, bucket, row.Key, wrong.Message, wrong);
        }
    }
}
