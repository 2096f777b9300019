namespace KafkaFunctions.SelfHost.Topology;

/// <summary>Finds out which functions' records reach which, and where they go round.</summary>
internal sealed class FlowOrder
{
    private readonly IReadOnlyList<TopologyFunction> _functions;
    private readonly ILookup<string, int> _readers;
    private readonly int[] _found;
    private readonly int[] _lowest;
    private readonly Stack<int> _open = new();
    private readonly bool[] _isOpen;
    private readonly List<int[]> _components = [];
    private int _count;

    private FlowOrder(IReadOnlyList<TopologyFunction> functions)
    {
        _functions = functions;
        _readers = functions.Index().Where(function => function.Item.Source is not null).ToLookup(function => function.Item.Source!, function => function.Index);
        _found = new int[functions.Count];
        _lowest = new int[functions.Count];
        _isOpen = new bool[functions.Count];

        // Components come out with the last of the flow first: from the end, so that what is named first comes first. Functions that no
        // other one feeds begin, so that a pipeline stays together.
        var fed = functions.SelectMany(function => function.Writes).Select(write => write.Topic).ToHashSet();
        foreach (var function in Enumerable.Range(0, functions.Count).Reverse().OrderBy(index => fed.Contains(functions[index].Source ?? "")))
        {
            if (_found[function] == 0)
            {
                Visit(function);
            }
        }

        _components.Reverse();
    }

    /// <summary>The functions, those first whose records reach the others.</summary>
    public static IReadOnlyList<TopologyFunction> Of(IReadOnlyList<TopologyFunction> functions) =>
        [.. new FlowOrder(functions)._components.SelectMany(component => component.Order()).Select(index => functions[index])];

    /// <summary>A shortest way round for each part of the graph that has one; of functions that write what they read, those of more than one.</summary>
    public static IEnumerable<IReadOnlyList<(TopologyFunction Function, TopicWrite Write)>> FindCycles(IReadOnlyList<TopologyFunction> functions)
    {
        var order = new FlowOrder(functions);
        return order._components.Where(component => component.Length > 1).Select(order.ShortestCycle);
    }

    /// <summary>Tarjan's strongly connected components.</summary>
    private void Visit(int function)
    {
        _found[function] = _lowest[function] = ++_count;
        _open.Push(function);
        _isOpen[function] = true;
        foreach (var (next, _) in Next(function).Reverse())
        {
            if (_found[next] == 0)
            {
                Visit(next);
                _lowest[function] = Math.Min(_lowest[function], _lowest[next]);
            }
            else if (_isOpen[next])
            {
                _lowest[function] = Math.Min(_lowest[function], _found[next]);
            }
        }

        if (_lowest[function] == _found[function])
        {
            _components.Add([.. Close(function)]);
        }
    }

    private IEnumerable<int> Close(int last)
    {
        int function;
        do
        {
            function = _open.Pop();
            _isOpen[function] = false;
            yield return function;
        }
        while (function != last);
    }

    private IEnumerable<(int Function, TopicWrite Write)> Next(int function) =>
        _functions[function].Writes.SelectMany(write => _readers[write.Topic], (write, reader) => (reader, write)).OrderBy(next => next.reader);

    /// <summary>From the component's first function back to it.</summary>
    private List<(TopologyFunction Function, TopicWrite Write)> ShortestCycle(int[] component)
    {
        var start = component.Min();
        var within = component.ToHashSet();
        var cameFrom = new Dictionary<int, (int Function, TopicWrite Write)>();
        var waiting = new Queue<int>([start]);
        while (!cameFrom.ContainsKey(start))
        {
            var function = waiting.Dequeue();
            foreach (var (next, write) in Next(function))
            {
                if (within.Contains(next) && next != function && cameFrom.TryAdd(next, (function, write)))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        var cycle = new List<(TopologyFunction Function, TopicWrite Write)>();
        var at = start;
        do
        {
            var (before, write) = cameFrom[at];
            cycle.Insert(0, (_functions[before], write));
            at = before;
        }
        while (at != start);
        return cycle;
    }
}
