using System.Diagnostics;

namespace KafkaFunctions.Streams.Records;

/// <summary>Writes the W3C trace context as headers of records.</summary>
public static class TraceHeaders
{
    /// <summary>Headers by which records belong to the current activity: <see cref="HeaderNames.TraceParent"/>, and
    /// <see cref="HeaderNames.TraceState"/> where there is one. Empty where there is no activity.</summary>
    public static RecordHeader[] OfCurrentActivity()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            return [];
        }

        var parent = RecordHeader.FromText(HeaderNames.TraceParent, id);
        return string.IsNullOrEmpty(activity.TraceStateString)
            ? [parent]
            : [parent, RecordHeader.FromText(HeaderNames.TraceState, activity.TraceStateString)];
    }
}
