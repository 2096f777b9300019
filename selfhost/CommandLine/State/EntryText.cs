using System.Buffers.Binary;
using System.Globalization;
using KafkaFunctions.SelfHost.CommandLine.Tail;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>An entry of a store as text for people: what is neither number nor text is escaped as <c>tail</c> does.</summary>
internal static class EntryText
{
    /// <summary>Key, window where there is one, value, version and event time in a line, separated by tabs.</summary>
    public static void Write(TextWriter output, StoreDefinition store, StateEntry entry)
    {
        WriteKey(output, store, entry.Key);
        output.Write('\t');
        if (entry.Window is { } window)
        {
            output.Write(Show(window));
            output.Write('\t');
        }

        WriteValue(output, store, entry.Value);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\t{entry.Version}\t"));
        output.Write(entry.Timestamp == InputRecord.NoTimestamp ? "-" : entry.Timestamp.ToString(CultureInfo.InvariantCulture));
        output.Write('\n');
    }

    /// <summary>Window and value in a line.</summary>
    public static void WriteWindow(TextWriter output, StoreDefinition store, StateEntry entry)
    {
        output.Write(Show(entry.Window!.Value));
        output.Write('\t');
        WriteValue(output, store, entry.Value);
        output.Write('\n');
    }

    public static void WriteValue(TextWriter output, StoreDefinition store, byte[] value)
    {
        switch (store.ValueFormat)
        {
            case PayloadFormat.Int32 when value.Length == sizeof(int):
                output.Write(BinaryPrimitives.ReadInt32BigEndian(value).ToString(CultureInfo.InvariantCulture));
                break;
            case PayloadFormat.Int64 when value.Length == sizeof(long):
                output.Write(BinaryPrimitives.ReadInt64BigEndian(value).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                PrintableText.Write(output, value);
                break;
        }
    }

    /// <summary>As ISO 8601 writes an interval.</summary>
    private static string Show(Window window) => $"{WindowTimeText.Write(window.Start)}/{WindowTimeText.Write(window.End)}";

    private static void WriteKey(TextWriter output, StoreDefinition store, byte[] key)
    {
        if (store.KeyFormat is PayloadFormat.Int32 or PayloadFormat.Int64 && StateKeyText.Write(key, store.KeyFormat) is { } number)
        {
            output.Write(number);
        }
        else
        {
            PrintableText.Write(output, key);
        }
    }
}
