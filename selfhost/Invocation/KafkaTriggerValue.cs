using KafkaFunctions.SelfHost.Functions;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>What a function gets of its records, by its parameter's type: the record itself, the extension's JSON envelope
/// (string), or the value alone (byte[]).</summary>
internal static class KafkaTriggerValue
{
    /// <summary>Whether a parameter, or the elements of one that takes batches, may be of this type.</summary>
    public static bool Supports(Type type) => type == typeof(KafkaRecord) || type == typeof(string) || type == typeof(byte[]);

    /// <summary>Converts the trigger's value; null where it is passed on as it is.</summary>
    public static Func<object, object>? Converter(Type parameterType, BindingDescriptor trigger)
    {
        var envelope = new KafkaTriggerEnvelope(trigger);
        return parameterType switch
        {
            var type when type == typeof(string) => value => envelope.Write((KafkaRecord)value),
            var type when type == typeof(string[]) => value => Array.ConvertAll((KafkaRecord[])value, envelope.Write),
            var type when type == typeof(byte[]) => value => Bytes((KafkaRecord)value),
            var type when type == typeof(byte[][]) => value => Array.ConvertAll((KafkaRecord[])value, Bytes),
            _ => null,
        };
    }

    // A tombstone is an empty array: byte[] has no way to say null to such a function.
    private static byte[] Bytes(KafkaRecord record) => record.Value ?? [];
}
