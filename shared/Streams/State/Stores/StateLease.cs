using System.Text;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>Work that one instance at a time does: a row in the store says until when it is taken.</summary>
/// <remarks>It spares work, and is no fence: what is done under it is safe when two do it at once.</remarks>
internal sealed class StateLease
{
    private const byte Format = 1;
    private const int RoomOfRow = 12;

    private readonly IStateStore _store;
    private readonly StateKey _key;
    private readonly string? _etag;

    private StateLease(IStateStore store, StateKey key, string? etag)
    {
        _store = store;
        _key = key;
        _etag = etag;
    }

    /// <summary>Takes a lease.</summary>
    /// <param name="store">The store that the work is about.</param>
    /// <param name="name">What work.</param>
    /// <param name="time">The clock; clocks of instances may differ by less than the duration.</param>
    /// <param name="duration">Until when, at the latest.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where another instance has it.</returns>
    public static async Task<StateLease?> TryAcquireAsync(IStateStore store, string name, TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        var key = RowKeys.Of(RowKeys.Lease, Encoding.UTF8.GetBytes(name));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var row = (await store.ReadAsync(StateBucket.Progress, [key], cancellationToken).ConfigureAwait(false))[0];
        if (row is not null && Read(row.Value) > now)
        {
            return null;
        }

        var writer = new RowWriter(RoomOfRow);
        writer.Byte(Format);
        writer.Number(now + (long)duration.TotalMilliseconds);
        try
        {
            var etags = await store.WriteAsync(StateBucket.Progress, [new StateWrite(key, writer.ToArray(), row?.ETag)], cancellationToken).ConfigureAwait(false);
            return new StateLease(store, key, etags[0]);
        }
        catch (StateConflictException)
        {
            return null;
        }
    }

    /// <summary>Gives it back, so that the next run need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _store.WriteAsync(StateBucket.Progress, [new StateWrite(_key, null, _etag)], cancellationToken).ConfigureAwait(false);
        }
        catch (StateConflictException)
        {
            // It had run out, and another instance has it.
        }
    }

    private static long Read(byte[] bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        return reader.Number();
    }
}
