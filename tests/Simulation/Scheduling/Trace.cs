using System.Globalization;

namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>What happened, as a number by which two runs are compared, and as text where somebody reads it.</summary>
internal sealed class Trace(TextWriter? text)
{
    // FNV-1a, 64 bits.
    private const ulong Prime = 0x100000001B3;
    private ulong _hash = 0xCBF29CE484222325;

    public ulong Hash => _hash;

    public bool IsRead => text is not null;

    public void Add(long step, Step taken, StepFate fate)
    {
        Add((ulong)taken.Kind);
        Add((ulong)fate);
        Add((ulong)(taken.Owner?.Number ?? 0));
        foreach (var character in taken.Detail)
        {
            Add(character);
        }

        text?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,6} {taken} → {fate}"));
    }

    public void Say(long step, string what) => text?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,6} {what}"));

    public void Add(ulong number) => _hash = (_hash ^ number) * Prime;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Add(b);
        }
    }
}
