using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Prints entries of a store in the order of their keys.</summary>
internal sealed class StateListing(StateReader reader, IStoreCatalog catalog, CommandConsole console)
{
    private const int PageEntries = 1_000;

    public async Task<int> RunAsync(StateListRequest request, CancellationToken cancellationToken)
    {
        var store = await StoreLookup.FindAsync(reader, catalog, request.Store, cancellationToken);
        if (request.Prefix is not null && store.KeyFormat is PayloadFormat.Int32 or PayloadFormat.Int64)
        {
            return CommandRun.Fail(console, $"The keys of store '{store.Name}' are numbers, which have no prefix. Use --from and --to.");
        }

        using var writer = new JsonLineWriter(console.Output);
        var left = request.Limit ?? long.MaxValue;
        var next = Range(request, store);
        while (left > 0)
        {
            var page = await reader.ListAsync(store.Name, next with { Limit = (int)Math.Min(left, PageEntries) }, cancellationToken);
            foreach (var entry in page.Entries)
            {
                Write(writer, store, entry, request.AsJson);
            }

            left -= page.Entries.Count;
            if (next.After(page) is not { } following)
            {
                break;
            }

            next = following;
        }

        return ExitStatus.Done;
    }

    private void Write(JsonLineWriter writer, StoreDefinition store, StateEntry entry, bool asJson)
    {
        if (asJson)
        {
            writer.Write(entry, (json, found) => StateEntryJson.Write(json, found, store));
        }
        else
        {
            EntryText.Write(console.Output, store, entry);
        }
    }

    private static StateRequest Range(StateListRequest request, StoreDefinition store) => new()
    {
        Prefix = request.Prefix is null ? [] : StoreLookup.ReadKey(store, request.Prefix),
        From = request.From is null ? null : StoreLookup.ReadKey(store, request.From),
        Before = request.To is null ? null : [.. StoreLookup.ReadKey(store, request.To), 0],
    };
}
