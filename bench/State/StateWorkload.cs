using System.Text;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.State;

/// <summary>Events of keys, some of which have many.</summary>
internal sealed class StateWorkload(int seed, int keys) : IWorkload
{
    /// <summary>2024-01-01: older than any broker's usual retention.</summary>
    private const long FirstTimestamp = 1_704_067_200_000;

    private readonly ZipfKeys _zipf = new(keys);

    public string Topic => StatePipeline.Input;

    public OutputRecord Create(int id)
    {
        var dice = new Dice(seed, id);
        return new OutputRecord(CountWorkload.CreateKey(_zipf.Draw(ref dice)), Encoding.ASCII.GetBytes(Marks.CreateValueMark(id)))
        {
            Timestamp = FirstTimestamp + (id * 100L) + dice.Roll(1_000),
        };
    }

    public int FindId(in InputRecord record) => Marks.FindInValue(record.Value);
}
