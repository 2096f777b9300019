using System.Text;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Events with and without the filter's condition, with near misses, text beyond ASCII, no key and tombstones.</summary>
internal sealed class FilterWorkload(int seed) : IWorkload
{
    private const int Users = 5000;

    /// <summary>2023-01-01: older than any broker's usual retention.</summary>
    private const long FirstTimestamp = 1_672_531_200_000;

    private static readonly string[] Endings = ["keep-m", "KEEP-ME", "keep me", "grüße", "日本語", "nothing"];

    public string Topic => Pipeline.Filter.Topic;

    /// <summary>Whether the filter lets the record pass.</summary>
    public bool Passes(int id) => Draw(id).Passes;

    public OutputRecord Create(int id)
    {
        var draw = Draw(id);
        return new OutputRecord(draw.User < 0 ? null : Encoding.UTF8.GetBytes($"user-{draw.User}"), CreateValue(id, draw))
        {
            Timestamp = FirstTimestamp + (id * 1000L) + (id % 997),
            Headers = Marks.CreateHeaders(id),
        };
    }

    public int FindId(in InputRecord record) => Marks.FindInHeaders(record.Headers);

    private static byte[]? CreateValue(int id, EventDraw draw)
    {
        if (draw.Tombstone)
        {
            return null;
        }

        var text = draw.Passes ? Pipeline.FilterCondition : Endings[draw.Ending];
        return Encoding.UTF8.GetBytes($$"""{"id":"{{Marks.CreateValueMark(id)}}","text":"{{new string('x', draw.Padding)}}{{text}}"}""");
    }

    private EventDraw Draw(int id)
    {
        var dice = new Dice(seed, id);
        var user = dice.Roll(100) == 0 ? -1 : Math.Min(dice.Roll(Users), dice.Roll(Users));
        var tombstone = dice.Roll(500) == 0;
        return new EventDraw(user, tombstone, !tombstone && dice.Roll(2) == 0, dice.Roll(Endings.Length), dice.Roll(200));
    }

    private readonly record struct EventDraw(int User, bool Tombstone, bool Passes, int Ending, int Padding);
}
