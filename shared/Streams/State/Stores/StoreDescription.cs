using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>What a store says about itself, in the progress bucket: a store belongs to a function, or to the two
/// of a join.</summary>
/// <param name="Application">The application that made it.</param>
/// <param name="Functions">The functions that write it.</param>
/// <param name="Buckets">Number of buckets of its keys.</param>
/// <param name="Kind">The operator that keeps it.</param>
internal sealed record StoreDescription(string Application, IReadOnlyList<string> Functions, int Buckets, string Kind)
{
    public const byte Format = 1;

    public static StateKey Key { get; } = new([RowKeys.Description]);

    /// <summary>Whether the rows of its keys are timelines: values by window.</summary>
    public bool IsWindowed => WindowedKind.Is(Kind);

    public string Owner => $"{Application}/{string.Join('+', Functions)}";

    public byte[] Encode()
    {
        var writer = new RowWriter(128);
        writer.Byte(Format);
        writer.Text(Application);
        writer.Number(Functions.Count);
        foreach (var function in Functions)
        {
            writer.Text(function);
        }

        writer.Number(Buckets);
        writer.Text(Kind);
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no description, or one of a newer format.</exception>
    public static StoreDescription Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var application = reader.Text();
        var functions = new string[reader.Count()];
        for (var i = 0; i < functions.Length; i++)
        {
            functions[i] = reader.Text();
        }

        var description = new StoreDescription(application, functions, reader.Int32(), reader.Text());
        reader.End();
        return description.Buckets is > 0 and <= StateLimits.MaxBuckets
            ? description
            : throw RowReader.Damaged("it has no buckets");
    }

    /// <exception cref="StoreMismatchException">The store is not what <paramref name="expected"/> says.</exception>
    public void Require(string store, StoreDescription expected)
    {
        if (Application != expected.Application || !Functions.SequenceEqual(expected.Functions))
        {
            throw new StoreMismatchException(store, Owner, $"Store '{store}' belongs to {Owner}, and {expected.Owner} wants to write it. Give its operator another store's name; or, if the function was renamed, reset the store.");
        }

        if (Kind != expected.Kind)
        {
            throw new StoreMismatchException(store, Owner, $"Store '{store}' of {Owner} was made by {Kind}, and the function now has {expected.Kind}. Give the operator another store's name, or reset the store.");
        }

        if (Buckets != expected.Buckets)
        {
            throw new StoreMismatchException(store, Owner, $"Store '{store}' of {Owner} has {Buckets} buckets, and the settings say {expected.Buckets}. Set State__Stores__{store.Replace('-', '_')}__Buckets={Buckets}, or reset the store.");
        }
    }

    /// <summary>Reads the description of a store; null where it has none.</summary>
    /// <exception cref="StateCorruptException">The description cannot be read.</exception>
    public static async ValueTask<StoreDescription?> ReadAsync(IStateStore store, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(StateBucket.Progress, [Key], cancellationToken).ConfigureAwait(false);
        try
        {
            return rows[0] is { } row ? Decode(row.Value) : null;
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, StateBucket.Progress, Key, wrong.Message, wrong);
        }
    }
}
