using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Records that came after a window of theirs was closed.</summary>
internal static class LateRecords
{
    /// <summary>Sends the record that is being processed, as it came, to the output of late ones.</summary>
    /// <param name="context">The run.</param>
    /// <param name="output">Index of the output; null where the function has none.</param>
    /// <param name="lateBy">How long the window had been closed, in milliseconds of stream time.</param>
    public static void Emit(RunContext context, int? output, long lateBy)
    {
        if (output is not { } index)
        {
            return;
        }

        ref readonly var input = ref context.Input;
        RecordHeader[] headers =
        [
            .. input.Headers.Where(header => header.Key != HeaderNames.LateBy),
            RecordHeader.FromText(HeaderNames.LateBy, lateBy.ToString(CultureInfo.InvariantCulture)),
        ];
        SinkNode.Emit(context, index, input.Key, input.Value, input.Timestamp, headers);
    }
}
