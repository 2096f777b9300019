using KafkaFunctions.SelfHost.Invocation;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace KafkaFunctions.SelfHost.Tests.Invocation;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Of_FixedDelay_StaysTheSame(int retry) =>
        Assert.Equal(TimeSpan.FromSeconds(3), RetryDelay.Of(new DefaultRetryOptions { DelayInterval = TimeSpan.FromSeconds(3) }, retry));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(10, 60)]
    [InlineData(1000, 60)]
    public void Of_ExponentialBackoff_GrowsToTheMaximum(int retry, double seconds)
    {
        var options = new DefaultRetryOptions { MinimumInterval = TimeSpan.FromSeconds(1), MaximumInterval = TimeSpan.FromMinutes(1) };

        Assert.InRange(RetryDelay.Of(options, retry).TotalSeconds, seconds * 0.8, seconds);
    }
}
