namespace KafkaFunctions.App;

/// <summary>Names of the stores that functions keep. A store belongs to one function; others may look into it.</summary>
internal static class Stores
{
    /// <summary>Page views per page, of <c>CountPageViews</c>.</summary>
    public const string PageViewTotals = "page-view-totals";

    /// <summary>Customers by id, of <c>TrackCustomers</c>.</summary>
    public const string Customers = "customers";

    /// <summary>The last reading by <c>device/sensor</c>, of <c>LatestReadings</c>.</summary>
    public const string LatestReadings = "latest-readings";
}
