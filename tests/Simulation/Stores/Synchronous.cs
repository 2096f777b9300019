using System.Diagnostics;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>The state in memory has no hook here: its calls end before they return.</summary>
internal static class Synchronous
{
    public static T ResultOf<T>(Task<T> call)
    {
        Debug.Assert(call.IsCompleted, "Nothing waits in memory.");
        return call.GetAwaiter().GetResult();
    }

    public static T ResultOf<T>(ValueTask<T> call) => ResultOf(call.AsTask());

    /// <summary>The first items, at most <paramref name="most"/>.</summary>
    public static List<T> ResultOf<T>(IAsyncEnumerable<T> items, int most = int.MaxValue)
    {
        var list = new List<T>();
        var enumerator = items.GetAsyncEnumerator();
        while (list.Count < most && ResultOf(enumerator.MoveNextAsync()))
        {
            list.Add(enumerator.Current);
        }

        return list;
    }
}
