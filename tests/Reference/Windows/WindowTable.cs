using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>The windows with data, by key and start.</summary>
internal sealed class WindowTable(AggregateKind aggregate, ResultMode results)
{
    private readonly Dictionary<(string Key, long Start), WindowRow> _rows = [];

    public IEnumerable<Update> State => _rows.Values.Select(row => row.Update);

    public bool Has(string key, long start) => _rows.ContainsKey((key, start));

    /// <summary>Adds records to a window and emits the update.</summary>
    public void Add(string key, long start, long end, IEnumerable<InputRecord> records, Step step)
    {
        if (_rows.TryGetValue((key, start), out var row))
        {
            foreach (var record in records)
            {
                row.Add(record);
            }

            row.IsClosed = false;
        }
        else
        {
            row = _rows[(key, start)] = new WindowRow(aggregate, key, start, end, records);
        }

        if (results == ResultMode.Updates)
        {
            step.Emit(row.Update);
        }
    }

    /// <summary>Emits the final results that are due.</summary>
    public void Close(Func<WindowRow, bool> isClosed, Step step)
    {
        if (results == ResultMode.Updates)
        {
            return;
        }

        var due = _rows.Values.Where(row => !row.IsClosed && isClosed(row)).ToList();
        due.ForEach(row => row.IsClosed = true);
        step.Emit(UpdateOrder.ByWindow(due.Select(row => row.Update)));
    }
}
