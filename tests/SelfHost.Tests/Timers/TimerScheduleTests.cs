using System.Globalization;
using KafkaFunctions.SelfHost.Timers;

namespace KafkaFunctions.SelfHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("*/10 * * * * *", "2026-01-01T00:00:01Z", "2026-01-01T00:00:10Z")]
    [InlineData("30 3 * * *", "2026-01-01T04:00:00Z", "2026-01-02T03:30:00Z")]
    [InlineData("0 0 0 * * Mon", "2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z")]
    [InlineData("00:10:00", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z")]
    public void Next_Schedule_IsTheFirstAfter(string schedule, string after, string next) =>
        Assert.Equal(Time(next), TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).Next(Time(after)));

    [Theory]
    [InlineData("0 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("0 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void Next_ClockIsPutForwardOrBack_FiresOncePerDay(string schedule, string after, string next) =>
        Assert.Equal(Time(next), TimerSchedule.Parse(schedule, Berlin).Next(Time(after)));

    [Theory]
    [InlineData("every day")]
    [InlineData("99 * * * * *")]
    [InlineData("00:00:00")]
    [InlineData("")]
    public void Parse_NoSchedule_SaysWhatToWrite(string text)
    {
        var error = Assert.Throws<SelfHostException>(() => TimerSchedule.Parse(text, TimeZoneInfo.Utc));

        Assert.Contains("schedule", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/5 * * * * *", false)]
    [InlineData("0 * * * * *", true)]
    public void CanBeMonitored_LessThanAMinuteApart_IsFalse(string schedule, bool expected) =>
        Assert.Equal(expected, TimerSchedule.Parse(schedule, TimeZoneInfo.Utc).CanBeMonitored(Time("2026-01-01T00:00:00Z")));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
