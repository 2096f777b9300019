using System.Text;

namespace KafkaFunctions.Embedded.Records;

/// <summary>Gives the same string for the same header name: records of a topic repeat a few names. Not safe for concurrent use.</summary>
internal sealed class HeaderNameCache
{
    private const int Slots = 32;

    private readonly (byte[] Bytes, string Name)[] _slots = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> name)
    {
        ref var slot = ref _slots[SlotOf(name)];
        if (slot.Name is null || !name.SequenceEqual(slot.Bytes))
        {
            slot = (name.ToArray(), Encoding.UTF8.GetString(name));
        }

        return slot.Name;
    }

    private static int SlotOf(ReadOnlySpan<byte> name) => name.IsEmpty ? 0 : (name.Length + (name[^1] * 7)) % Slots;
}
