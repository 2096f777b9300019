using Azure.Data.Tables;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Ranges of keys as filters of queries.</summary>
internal static class RowFilter
{
    public static string Of(string partition, StateRange range)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        // A bound longer than any row's key is cut: what is beyond the cut text is beyond the whole.
        if (range.From is { } from)
        {
            filter += Cut(from) is (var text, var cut) && cut ? TableClient.CreateQueryFilter($" and RowKey gt {text}") : TableClient.CreateQueryFilter($" and RowKey ge {text}");
        }

        if (range.Before is { } before)
        {
            filter += Cut(before) is (var text, var cut) && cut ? TableClient.CreateQueryFilter($" and RowKey le {text}") : TableClient.CreateQueryFilter($" and RowKey lt {text}");
        }

        return filter;
    }

    private static (string Text, bool IsCut) Cut(StateKey key)
    {
        var text = RowKeyCodec.Encode(key);
        return text.Length > TableLimits.MaxKeyCharacters ? (text[..TableLimits.MaxKeyCharacters], true) : (text, false);
    }
}
