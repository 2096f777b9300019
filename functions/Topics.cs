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
}
