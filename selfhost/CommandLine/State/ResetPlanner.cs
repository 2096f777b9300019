using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Finds out what a reset of a function has to delete.</summary>
internal sealed class ResetPlanner(StateReader reader, IStoreCatalog catalog, IConsumerGroupCatalog consumers)
{
    /// <exception cref="SelfHostException">The function cannot be reset.</exception>
    public async Task<ResetPlan> PlanAsync(string function, CancellationToken cancellationToken)
    {
        var name = Find(function).Function;
        var stores = new SortedSet<string>(StringComparer.Ordinal);
        var functions = new HashSet<string>(StringComparer.Ordinal) { name };
        for (var known = 0; known < functions.Count;)
        {
            // The functions of a join begin anew together, as they write a store together.
            known = functions.Count;
            await AddDeclaredAsync(stores, functions, cancellationToken);
            await AddStoredAsync(stores, functions, cancellationToken);
        }

        return stores.Count > 0
            ? new ResetPlan(ConsumersOf(functions), [.. stores])
            : throw new SelfHostException($"{name} keeps no state: there is nothing to reset.");
    }

    private async Task AddDeclaredAsync(SortedSet<string> stores, HashSet<string> functions, CancellationToken cancellationToken)
    {
        foreach (var store in catalog.Stores.Where(store => store.Functions.Any(functions.Contains)))
        {
            var storeName = store.Definition.Name;
            if (await DescribeAsync(storeName, cancellationToken) is { } summary && BelongsToAnother(summary, store))
            {
                throw new SelfHostException($"Store '{storeName}' belongs to {string.Join('+', summary.Functions)} of application '{summary.Application}', not to {string.Join('+', store.Functions)} of '{catalog.Application}'. Give the operator another store's name, or the app its former Kafka__Application. Nothing was deleted.");
            }

            stores.Add(storeName);
            functions.UnionWith(store.Functions);
        }
    }

    private async Task AddStoredAsync(SortedSet<string> stores, HashSet<string> functions, CancellationToken cancellationToken)
    {
        foreach (var store in await reader.ListStoresAsync(cancellationToken))
        {
            if (await DescribeAsync(store, cancellationToken) is { } summary && summary.Application == catalog.Application && summary.Functions.Any(functions.Contains))
            {
                stores.Add(store);
                functions.UnionWith(summary.Functions);
            }
        }
    }

    /// <summary>A store of a function that is there no more has been left to the function that declares it now.</summary>
    private bool BelongsToAnother(StoreSummary store, DeclaredStore declared) =>
        store.Application != catalog.Application
        || (!store.Functions.Any(declared.Functions.Contains) && store.Functions.Any(owner => consumers.Consumers.Any(consumer => consumer.Function == owner)));

    /// <summary>A store whose description is damaged can be reset by the function that declares it.</summary>
    private async Task<StoreSummary?> DescribeAsync(string store, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.DescribeAsync(store, cancellationToken);
        }
        catch (StateCorruptException)
        {
            return null;
        }
    }

    private FunctionConsumer Find(string function) =>
        consumers.Consumers.FirstOrDefault(consumer => consumer.Function.Equals(function, StringComparison.OrdinalIgnoreCase))
            ?? throw new SelfHostException(
                $"There is no function '{function}' with a Kafka trigger."
                    + (Suggestion.Nearest(function, consumers.Consumers.Select(consumer => consumer.Function)) is { } meant ? $" Did you mean '{meant}'?" : ""));

    private List<FunctionConsumer> ConsumersOf(HashSet<string> functions)
    {
        List<FunctionConsumer> found = [.. consumers.Consumers.Where(consumer => functions.Contains(consumer.Function))];
        var shared = consumers.Consumers.FirstOrDefault(other => !functions.Contains(other.Function) && found.Exists(consumer => consumer.ConsumerGroup == other.ConsumerGroup));
        return shared is null
            ? found
            : throw new SelfHostException($"Consumer group '{shared.ConsumerGroup}' is also that of {shared.Function}, whose offsets would be deleted, too. Give each function a ConsumerGroup of its own.");
    }
}
