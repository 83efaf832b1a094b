using System.Globalization;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>What a test's edits and pauses are drawn by. <c>MYRIADSYNC_SEED</c> makes the same ones again.</summary>
internal static class Seeds
{
    /// <summary>A seed, which the test's output names.</summary>
    public static int Next()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("MYRIADSYNC_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"MYRIADSYNC_SEED={seed}");
        return seed;
    }
}
