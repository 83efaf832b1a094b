namespace MyriadSync.IntegrationTests.Support;

/// <summary>For what happens in another process, where there is nothing to await.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It does not come to hold.</exception>
    public static Task TrueAsync(string what, Func<bool> condition, TimeSpan? within = null) => TrueAsync(what, () => Task.FromResult(condition()), within);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It does not come to hold.</exception>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var atMost = within ?? TimeSpan.FromSeconds(20);
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > atMost)
                throw new TimeoutException($"Not within {atMost.TotalSeconds} s: {what}.");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }
}
