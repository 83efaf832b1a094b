namespace MyriadSync.IntegrationTests.Support;

/// <summary>The system's clock, moved.</summary>
/// <param name="ahead">How far into the future.</param>
internal sealed class MovedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
