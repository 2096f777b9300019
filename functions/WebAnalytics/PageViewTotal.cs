namespace KafkaFunctions.App.WebAnalytics;

/// <summary>How often people have viewed a page so far.</summary>
/// <param name="Page">Path of the page.</param>
/// <param name="Views">Number of views.</param>
internal sealed record PageViewTotal(string Page, long Views);
