using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>The Kafka outputs of an invocation, as the function left them in its bindings.</summary>
internal sealed class OutputSlots
{
    private readonly List<Slot> _slots = [];

    private OutputSlots()
    {
    }

    /// <summary>What is to be published, by topic. Outputs in a form that only the host's binding understands are not listed.</summary>
    public IReadOnlyList<PendingOutputs> Outputs => _slots.ConvertAll(slot => new PendingOutputs(slot.Topic, slot.Records));

    public static OutputSlots Read(FunctionContext context, FunctionEntry function)
    {
        var slots = new OutputSlots();
        foreach (var output in function.Outputs)
        {
            if (output.Binding == KafkaOutputBinding.Return)
            {
                var result = context.GetInvocationResult();
                slots.Add(function, output, result.Value, value => result.Value = value, null);
                continue;
            }

            foreach (var data in context.GetOutputBindings<object>())
            {
                if (data.Name == output.Binding)
                {
                    // The host fails the invocation on a property output set to null: an empty array sends nothing.
                    slots.Add(function, output, data.Value, value => data.Value = value!, Array.Empty<string>());
                }
            }
        }

        return slots;
    }

    /// <summary>More outputs of a processor whose first ones the function returned, to the topics that those went to.</summary>
    /// <param name="first">What the function returned.</param>
    /// <param name="more">The further outputs.</param>
    /// <param name="isRequired">Whether an output that goes nowhere is an error.</param>
    /// <exception cref="InvalidOperationException">There is an output without topic.</exception>
    public IReadOnlyList<PendingOutputs> Route(StreamResult first, StreamResult more, bool isRequired = false) =>
    [
        .. from output in more.Outputs
           where more[output].Count > 0
           from topic in TopicsOf(first, output, isRequired)
           select new PendingOutputs(topic, more[output]),
    ];

    private List<string> TopicsOf(StreamResult first, string output, bool isRequired)
    {
        var known = first[output].Count == 0
            ? []
            : _slots.Where(slot => slot.Records.Contains(first[output][0])).Select(slot => slot.Topic).ToList();
        var topics = known.Count > 0 ? known : _slots.Where(slot => slot.Binding == output).Select(slot => slot.Topic).ToList();
        return topics.Count > 0 || !isRequired
            ? topics
            : throw new InvalidOperationException(
                $"Final results of output '{output}' have no topic: the function returns no records of it here, and has no such binding. Name the output in To(…) like the property of the result with [KafkaOutput] that takes its records.");
    }

    /// <summary>Leaves nothing for the host's binding to send.</summary>
    public void Empty()
    {
        foreach (var slot in _slots)
        {
            slot.Write(slot.EmptyValue);
        }
    }

    /// <summary>Leaves the records to the host's binding, in the form that keeps key and headers.</summary>
    public void ReplaceByEnvelopes()
    {
        foreach (var slot in _slots)
        {
            slot.Write(slot.Records.Select(record => BindingEnvelope.Of(slot.Topic, record)).ToArray());
        }
    }

    private void Add(FunctionEntry function, KafkaOutputBinding output, object? value, Action<object?> write, object? empty)
    {
        IReadOnlyList<OutputRecord> records = value switch
        {
            null => [],
            IReadOnlyList<OutputRecord> list => list,
            OutputRecord one => [one],
            _ => throw new OutputTypeException(function.Name, output.Binding, value.GetType()),
        };
        _slots.Add(new Slot(output.Binding, output.Topic, records, write, empty));
    }

    private sealed record Slot(string Binding, string Topic, IReadOnlyList<OutputRecord> Records, Action<object?> Write, object? EmptyValue);
}
