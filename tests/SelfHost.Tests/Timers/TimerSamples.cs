using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.Timers;

internal static class TimerSamples
{
    internal sealed class Hourly(ChannelWriter<TimerInfo> runs)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => runs.TryWrite(timer);
    }

    internal sealed class AtStart(ChannelWriter<TimerInfo> runs)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 * * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => runs.TryWrite(timer);
    }

    internal sealed class Failing(ChannelWriter<TimerInfo> runs)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            runs.TryWrite(timer);
            throw new InvalidTimeZoneException();
        }
    }

    internal sealed class Slow(ChannelWriter<TimerInfo> runs, TaskCompletionSource release)
    {
        [Function("Slow")]
        public async Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            runs.TryWrite(timer);
            await release.Task;
        }
    }
}
