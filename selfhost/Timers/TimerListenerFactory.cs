using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Timers;

/// <summary>Makes the listeners of timers.</summary>
internal sealed class TimerListenerFactory(
    IFunctionInvoker invoker,
    SettingResolver settings,
    TimerStatusStore store,
    TimeProvider time,
    ILogger<TimerListener> logger) : ITriggerListenerFactory
{
    public string TriggerType => BindingTypes.TimerTrigger;

    public ITriggerListener Create(FunctionDescriptor function)
    {
        var text = settings.Substitute(function.Trigger.GetString("schedule") ?? "");
        var schedule = TimerSchedule.Parse(text, time.LocalTimeZone);
        var monitored = function.Trigger.GetBoolean("useMonitor") != false && schedule.CanBeMonitored(time.GetUtcNow());
        return new TimerListener(function, schedule, monitored ? store : null, invoker, time, logger)
        {
            Description = $"{TriggerType} {text}",
            RunOnStartup = function.Trigger.GetBoolean("runOnStartup") == true,
        };
    }
}
