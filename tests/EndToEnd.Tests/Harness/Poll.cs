using System.Diagnostics;

namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>Waits for what can be seen from outside.</summary>
internal static class Poll
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is not null.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="ask">Gives null as long as it is not there.</param>
    /// <param name="state">What to tell when it never comes.</param>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> ask, Func<string>? state = null)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } found)
            {
                return found;
            }

            Assert.True(clock.Elapsed < Limit, $"Waited {Limit.TotalSeconds} s in vain for {what}. {state?.Invoke()}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks until the answer is yes.</summary>
    public static Task UntilAsync(string what, Func<Task<bool>> ask, Func<string>? state = null) =>
        ForAsync(what, async () => await ask() ? what : null, state);

    /// <summary>Asks until the answer is yes.</summary>
    public static Task UntilAsync(string what, Func<bool> ask, Func<string>? state = null) =>
        UntilAsync(what, () => Task.FromResult(ask()), state);
}
