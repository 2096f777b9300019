namespace KafkaFunctions.App.WebAnalytics;

/// <summary>A page view on its way to a branch.</summary>
/// <param name="Json">The page view as it arrived.</param>
/// <param name="Facts">What its way depends on.</param>
internal readonly record struct RoutedPageView(byte[]? Json, PageViewFacts Facts);
