namespace KafkaFunctions.App;

/// <summary>Names of the stores that functions keep. A store belongs to one function; others may look into it.</summary>
internal static class Stores
{
    /// <summary>Page views per page, of <c>CountPageViews</c>.</summary>
    public const string PageViewTotals = "page-view-totals";

    /// <summary>Page views per page by minute, of <c>PageViewsPerMinute</c>.</summary>
    public const string PageViewsPerMinute = "page-views-per-minute";

    /// <summary>Page views per page by five minutes, of <c>PageViewsPerFiveMinutes</c>.</summary>
    public const string PageViewsPerFiveMinutes = "page-views-per-5-minutes";

    /// <summary>The most viewed pages by the start of their five minutes, of <c>TopPages</c>.</summary>
    public const string TopPages = "top-pages";

    /// <summary>Visits per visitor, of <c>UserSessions</c>.</summary>
    public const string UserSessions = "user-sessions";

    /// <summary>Customers by id, of <c>TrackCustomers</c>.</summary>
    public const string Customers = "customers";

    /// <summary>The last reading by <c>device/sensor</c>, of <c>LatestReadings</c>.</summary>
    public const string LatestReadings = "latest-readings";

    /// <summary>Statistics by <c>device/sensor</c> and five minutes, of <c>DeviceStats</c>.</summary>
    public const string DeviceStats = "device-stats";

    /// <summary>Impressions and clicks that may still meet, of <c>ClickImpressions</c> and <c>ClickImpressionClicks</c>.</summary>
    public const string ClickImpressions = "click-impressions";
}
