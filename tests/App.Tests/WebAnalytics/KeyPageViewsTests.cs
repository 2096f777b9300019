using KafkaFunctions.App.WebAnalytics;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.WebAnalytics;

public sealed class KeyPageViewsTests
{
    [Fact]
    public void Run_PageView_GoesUnderItsPageAndItsVisitorAsItIs()
    {
        var view = Received("web-1", """ { "host": "10.0.0.1", "path": "/cart", "status": 200, "more": 1e0 } """, timestamp: 7);

        var keyed = new KeyPageViews().Run([view], new TestFunctionContext());

        var (byPage, byVisitor) = (Assert.Single(keyed.ByPage!), Assert.Single(keyed.ByVisitor!));
        Assert.Equal(("/cart", "10.0.0.1"), (Text(byPage.Key), Text(byVisitor.Key)));
        Assert.Equal((7, 7), (byPage.Timestamp, byVisitor.Timestamp));
        Assert.Same(view.Value, byPage.Value);
        Assert.Same(view.Value, byVisitor.Value);
    }

    [Fact]
    public void Run_RequestWithoutPath_IsLeftOut()
    {
        var keyed = new KeyPageViews().Run([Received("k", """{"host":"10.0.0.1","status":400}""")], new TestFunctionContext());

        Assert.Empty(keyed.ByPage!);
        Assert.Empty(keyed.ByVisitor!);
    }
}
