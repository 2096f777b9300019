using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Processing;

/// <summary>The order of a batch's outputs, which barriers have cut up: that of their identities.</summary>
internal static class OutputOrder
{
    /// <param name="buffers">The outputs, topic by topic.</param>
    /// <param name="inputs">The batch.</param>
    /// <param name="outcomes">What became of it.</param>
    /// <param name="keepsPoison">Whether outputs of poison records stay; those of a stateless function do not.</param>
    public static void Restore(List<OutputRecord>[] buffers, InputRecord[] inputs, RecordOutcome[] outcomes, bool keepsPoison)
    {
        var removes = !keepsPoison && Array.Exists(outcomes, outcome => outcome.Kind == RecordOutcomeKind.Poison);
        foreach (var outputs in buffers)
        {
            if (removes || !IsInOrder(outputs))
            {
                Restore(outputs, inputs, outcomes, removes);
            }
        }
    }

    private static void Restore(List<OutputRecord> outputs, InputRecord[] inputs, RecordOutcome[] outcomes, bool removes)
    {
        var order = new Dictionary<(int Partition, long Offset), int>();
        for (var i = 0; i < inputs.Length; i++)
        {
            order.TryAdd((inputs[i].Partition, inputs[i].Offset), i);
        }

        var arranged = outputs
            .Select(output => (Input: order[(output.Origin!.Value.Partition, output.Origin.Value.Offset)], Output: output))
            .Where(output => !removes || outcomes[output.Input].Kind != RecordOutcomeKind.Poison)
            .OrderBy(output => output.Input)
            .ThenBy(output => output.Output.Origin!.Value.Index)
            .Select(output => output.Output)
            .ToList();
        outputs.Clear();
        outputs.AddRange(arranged);
    }

    private static bool IsInOrder(List<OutputRecord> outputs)
    {
        for (var i = 1; i < outputs.Count; i++)
        {
            var (before, after) = (outputs[i - 1].Origin!.Value, outputs[i].Origin!.Value);
            if (before.Partition != after.Partition || before.Offset > after.Offset || (before.Offset == after.Offset && before.Index > after.Index))
            {
                return false;
            }
        }

        return true;
    }
}
