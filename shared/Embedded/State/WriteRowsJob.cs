using System.Globalization;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Embedded.State;

/// <summary>Rows of one call: all or none. The result: their new ETags.</summary>
internal sealed class WriteRowsJob : StateJob<IReadOnlyList<string?>>
{
    // Given to no row: what a caller brings that is no ETag of this file equals none.
    private const long NoETag = -1;

    private readonly StateErrors _errors;
    private readonly string _store;
    private readonly StateBucket _bucket;
    private readonly IReadOnlyList<StateWrite> _writes;

    public WriteRowsJob(StateErrors errors, string store, StateBucket bucket, IReadOnlyList<StateWrite> writes)
        : base(store)
    {
        _errors = errors;
        _store = store;
        _bucket = bucket;
        _writes = writes;
        for (var i = 0; i < writes.Count; i++)
        {
            Bytes += StateRules.SizeOf(writes[i]);
        }
    }

    public override long Bytes { get; }

    protected override IReadOnlyList<string?> Write(StateWriteSession session)
    {
        var storeId = session.FindStore(_store) ?? throw _errors.NoSuchStore(_store);

        // One for all rows: a key is written once per transaction.
        var etag = session.NextETag();
        session.Save();
        for (var i = 0; i < _writes.Count; i++)
        {
            var write = _writes[i];
            if (!session.Write(storeId, _bucket, write, Parse(write.ETag), etag))
            {
                if (i > 0)
                {
                    session.Undo();
                }
                else
                {
                    session.Release();
                }

                throw new StateConflictException(_store, _bucket, write.Key);
            }
        }

        session.Release();
        return ETags(etag.ToString(CultureInfo.InvariantCulture));
    }

    private string?[] ETags(string etag)
    {
        var etags = new string?[_writes.Count];
        for (var i = 0; i < etags.Length; i++)
        {
            etags[i] = _writes[i].Value is null ? null : etag;
        }

        return etags;
    }

    private static long? Parse(string? etag) => etag switch
    {
        null => null,
        StateWrite.AnyETag => StateWriteSession.AnyETag,
        _ => long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoETag,
    };
}
