using System.Globalization;
using System.Text.Json;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Lists the stores: those that functions declare, and what else is in the storage.</summary>
internal sealed class StoreList(StateReader reader, IStoreCatalog catalog, CommandConsole console)
{
    private const string Nothing = "-";

    private static readonly TableColumn[] Columns = [new("Store"), new("Function"), new("Application"), new("Kind"), new("Buckets", true)];

    public async Task<int> RunAsync(bool asJson, CancellationToken cancellationToken)
    {
        var stores = await ReadAsync(cancellationToken);
        if (asJson)
        {
            using var writer = new JsonLineWriter(console.Output);
            stores.ForEach(store => writer.Write(store, WriteJson));
        }
        else if (stores.Count == 0)
        {
            console.Error.WriteLine("No function keeps state.");
        }
        else
        {
            PlainTable.Write(console.Output, Columns, stores.Select(Row));
        }

        return ExitStatus.Done;
    }

    private async Task<List<StoreSummary>> ReadAsync(CancellationToken cancellationToken)
    {
        var declared = catalog.Stores.ToDictionary(store => store.Definition.Name, store => store.Functions);
        var stores = new List<StoreSummary>();
        foreach (var name in declared.Keys.Union(await reader.ListStoresAsync(cancellationToken)).Order(StringComparer.Ordinal))
        {
            if (await DescribeAsync(name, cancellationToken) is { } summary)
            {
                stores.Add(summary);
            }
            else if (declared.TryGetValue(name, out var functions))
            {
                stores.Add(new StoreSummary(name, catalog.Application, functions, "", 0));
            }
        }

        return stores;
    }

    /// <summary>A store that cannot be read does not hide the others.</summary>
    private async Task<StoreSummary?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.DescribeAsync(name, cancellationToken);
        }
        catch (StateCorruptException corrupt)
        {
            console.Error.WriteLine($"{name}: {corrupt.Message}");
            return null;
        }
    }

    private static string[] Row(StoreSummary store) =>
    [
        store.Name,
        string.Join('+', store.Functions),
        store.Application,
        store.Buckets == 0 ? Nothing : store.Kind,
        store.Buckets == 0 ? Nothing : store.Buckets.ToString(CultureInfo.InvariantCulture),
    ];

    private static void WriteJson(Utf8JsonWriter json, StoreSummary store)
    {
        json.WriteStartObject();
        json.WriteString("store", store.Name);
        json.WriteString("application", store.Application);
        json.WriteStartArray("functions");
        foreach (var function in store.Functions)
        {
            json.WriteStringValue(function);
        }

        json.WriteEndArray();
        if (store.Buckets == 0)
        {
            json.WriteNull("kind");
            json.WriteNull("buckets");
        }
        else
        {
            json.WriteString("kind", store.Kind);
            json.WriteNumber("buckets", store.Buckets);
        }

        json.WriteEndObject();
    }
}
