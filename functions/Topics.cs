namespace KafkaFunctions.App;

/// <summary>Names of the topics that the functions read and write.</summary>
internal static class Topics
{
    /// <summary>Events to filter.</summary>
    public const string Input = "input-topic";

    /// <summary>Events that met the filter's condition.</summary>
    public const string Output = "output-topic";

    /// <summary>Lines of web servers' access logs, as written.</summary>
    public const string WebLogs = "web-logs";

    /// <summary>Page views as JSON, at the time of the request.</summary>
    public const string PageViews = "page-views";

    /// <summary>Page views that the server failed to answer.</summary>
    public const string PageViewErrors = "page-views-errors";

    /// <summary>Page views of crawlers and other programs.</summary>
    public const string PageViewBots = "page-views-bots";

    /// <summary>Page views of people.</summary>
    public const string PageViewsClean = "page-views-clean";

    /// <summary>Running totals of page views per page.</summary>
    public const string PageViewTotals = "page-view-totals";

    /// <summary>Page views of people under their page as key.</summary>
    public const string PageViewsByPage = "page-views-by-page";

    /// <summary>Page views of people under the client's address as key.</summary>
    public const string PageViewsByVisitor = "page-views-by-visitor";

    /// <summary>Page views per page and minute, as they grow.</summary>
    public const string PageViewsPerMinute = "page-views-per-minute";

    /// <summary>Page views per page and minute, once for each minute that is over.</summary>
    public const string PageViewsPerMinuteFinal = "page-views-per-minute-final";

    /// <summary>Page views that came after their minute was counted.</summary>
    public const string PageViewsLate = "page-views-late";

    /// <summary>Page views per page and five minutes, of which some begin every minute, as they grow; keyed by the windows' start.</summary>
    public const string PageViewsPerFiveMinutes = "page-views-per-5-minutes";

    /// <summary>The pages with the most views in five minutes.</summary>
    public const string TopPages = "top-pages";

    /// <summary>Visits of people, from their first page to the last.</summary>
    public const string UserSessions = "user-sessions";

    /// <summary>Change log of the shop's table of customers, by the name that Debezium gives it.</summary>
    public const string Customers = "shop.public.customers";

    /// <summary>Orders as they come in.</summary>
    public const string Orders = "orders";

    /// <summary>Orders with what is known of their customers.</summary>
    public const string OrdersEnriched = "orders-enriched";

    /// <summary>Readings of devices' sensors.</summary>
    public const string Readings = "iot-readings";

    /// <summary>The last reading of each sensor.</summary>
    public const string LatestReadings = "latest-readings";

    /// <summary>Readings at the time of measuring, under their sensor as key.</summary>
    public const string ReadingsBySensor = "iot-readings-by-sensor";

    /// <summary>What each sensor has measured in five minutes.</summary>
    public const string DeviceStats = "device-stats";

    /// <summary>Advertisements that were shown, by impression.</summary>
    public const string Impressions = "ad-impressions";

    /// <summary>Clicks on advertisements, by the impression that was clicked.</summary>
    public const string Clicks = "ad-clicks";

    /// <summary>Impressions, and whether they were clicked.</summary>
    public const string ImpressionOutcomes = "ad-impression-outcomes";
}
