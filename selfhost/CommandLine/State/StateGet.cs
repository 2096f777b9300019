using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Prints the value of a key, or those of its windows.</summary>
internal sealed class StateGet(StateReader reader, IStoreCatalog catalog, CommandConsole console)
{
    public async Task<int> RunAsync(StateGetRequest request, CancellationToken cancellationToken)
    {
        var store = await StoreLookup.FindAsync(reader, catalog, request.Store, cancellationToken);
        var windows = WindowsOf(store, request);
        var key = StoreLookup.ReadKey(store, request.Key);
        if (store.IsWindowed)
        {
            return await PrintWindowsAsync(store, key, windows, request, cancellationToken);
        }

        if (await reader.GetAsync(store.Name, key, cancellationToken) is not { } entry)
        {
            return NoSuchKey(request);
        }

        using var writer = new JsonLineWriter(console.Output);
        Print(writer, store, entry, request.AsJson, withWindow: false);
        return ExitStatus.Done;
    }

    private static WindowRequest WindowsOf(StoreDefinition store, StateGetRequest request) =>
        StoreLookup.ReadTime(store, "--window", request.Window) is { } start
            ? WindowRequest.At(start)
            : new WindowRequest { From = StoreLookup.ReadTime(store, "--from", request.From), To = StoreLookup.ReadTime(store, "--to", request.To) };

    private async Task<int> PrintWindowsAsync(StoreDefinition store, byte[] key, WindowRequest windows, StateGetRequest request, CancellationToken cancellationToken)
    {
        using var writer = new JsonLineWriter(console.Output);
        var found = 0;
        for (WindowRequest? next = windows; next is not null;)
        {
            if (await reader.GetWindowsAsync(store.Name, key, next, cancellationToken) is not { } page)
            {
                return NoSuchKey(request);
            }

            foreach (var entry in page.Entries)
            {
                Print(writer, store, entry, request.AsJson, withWindow: request.Window is null);
                found++;
            }

            next = page.NextWindow is { } start ? next with { From = start } : null;
        }

        return found == 0 && request.Window is not null
            ? CommandRun.Fail(console, $"Key '{request.Key}' of store '{store.Name}' has no window that begins at {request.Window}.")
            : ExitStatus.Done;
    }

    private void Print(JsonLineWriter writer, StoreDefinition store, StateEntry entry, bool asJson, bool withWindow)
    {
        if (asJson)
        {
            writer.Write(entry, (json, found) => StateEntryJson.Write(json, found, store));
        }
        else if (withWindow)
        {
            EntryText.WriteWindow(console.Output, store, entry);
        }
        else
        {
            EntryText.WriteValue(console.Output, store, entry.Value);
            console.Output.Write('\n');
        }
    }

    private int NoSuchKey(StateGetRequest request) => CommandRun.Fail(console, $"Store '{request.Store}' has no key '{request.Key}'.");
}
