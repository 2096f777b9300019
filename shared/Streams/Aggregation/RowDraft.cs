using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>A row that operations are being applied to: everything but its value.</summary>
internal sealed class RowDraft
{
    /// <summary>Longest text of a poison record's error that a row keeps.</summary>
    public const int MaxPoisonText = 200;

    /// <summary>How many poison records of a row keep their texts.</summary>
    public const int MaxPoisonTexts = 16;

    /// <summary>What is left free in a row, so that poison records can always be noted in it.</summary>
    public const int PoisonRoom = 32 * 1024;

    private readonly List<AppliedOffset> _applied = [];
    private readonly List<PendingEntry> _pending = [];
    private long _version;
    private int _poison;

    public int Pending => _pending.Count;

    /// <summary>The version that the next emission gets.</summary>
    public long NextVersion => _version + 1;

    /// <summary>Begins with a row, whatever it was the draft of.</summary>
    /// <remarks>The row was read without what is pending for offsets before the batch (<see cref="RowCodec.Decode"/>).</remarks>
    public void Begin(RowState row)
    {
        _applied.Clear();
        _applied.AddRange(row.Applied);
        _pending.Clear();
        _pending.AddRange(row.Pending);
        _version = row.Version;
        _poison = 0;
    }

    public void MarkApplied(in SourcePartition source, long offset)
    {
        for (var i = 0; i < _applied.Count; i++)
        {
            if (_applied[i].Source == source)
            {
                _applied[i] = new AppliedOffset(source, offset);
                return;
            }
        }

        _applied.Add(new AppliedOffset(source, offset));
    }

    public void Emit(PendingEntry entry)
    {
        _version++;
        _pending.Add(entry.Version == _version ? entry : entry with { Version = _version });
    }

    public void Poison(PendingEntry entry, Exception error, int attempts)
    {
        var keepsText = _poison++ < MaxPoisonTexts;
        _pending.Add(entry with
        {
            Poison = new PoisonReason(keepsText ? Cut(error.GetType().FullName ?? error.GetType().Name) : "", keepsText ? Cut(error.Message) : "", attempts),
        });
    }

    /// <summary>Takes back what was emitted last.</summary>
    public void Truncate(int pending)
    {
        _version -= _pending.Count - pending;
        _pending.RemoveRange(pending, _pending.Count - pending);
    }

    public RowState Build(byte[]? value, long timestamp) => new(value, timestamp, _version, [.. _applied], [.. _pending]);

    private static string Cut(string text) => text.Length <= MaxPoisonText ? text : text[..(char.IsHighSurrogate(text[MaxPoisonText - 1]) ? MaxPoisonText - 1 : MaxPoisonText)];
}
