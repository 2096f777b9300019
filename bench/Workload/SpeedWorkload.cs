using System.Text;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Records of 200 bytes of text for FilterEvents, half of them with the condition in the middle.</summary>
internal sealed class SpeedWorkload(int seed) : IWorkload
{
    private const int ValueBytes = 200;
    private const int Users = 100_000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz      ";

    public string Topic => Pipeline.Filter.Topic;

    public static bool Passes(int id) => id % 2 == 0;

    public OutputRecord Create(int id)
    {
        var dice = new Dice(seed, id);
        var value = new byte[ValueBytes];
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = (byte)Letters[dice.Roll(Letters.Length)];
        }

        if (Passes(id))
        {
            Encoding.ASCII.GetBytes(Pipeline.FilterCondition, value.AsSpan(dice.Roll(ValueBytes - Pipeline.FilterCondition.Length)));
        }

        return new OutputRecord(Encoding.ASCII.GetBytes($"user-{dice.Roll(Users)}"), value) { Timestamp = 1_700_000_000_000 + id };
    }

    public int FindId(in InputRecord record) => -1;
}
