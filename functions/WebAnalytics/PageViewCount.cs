namespace KafkaFunctions.App.WebAnalytics;

/// <summary>How often people have viewed a page in some span of time.</summary>
/// <param name="Page">Path of the page.</param>
/// <param name="Start">When the span begins.</param>
/// <param name="End">When it is over.</param>
/// <param name="Views">Number of views.</param>
internal sealed record PageViewCount(string Page, DateTimeOffset Start, DateTimeOffset End, long Views);
