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
}
