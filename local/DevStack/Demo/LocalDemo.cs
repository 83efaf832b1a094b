using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Demo;

/// <summary>The demo of a stack: its pages, built while the stack is up already, and its data, loaded when somebody first looks at it.</summary>
internal sealed class LocalDemo : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<string> _build;

    /// <param name="stack">The stack that it belongs to.</param>
    /// <param name="time">Paces what it waits for.</param>
    public LocalDemo(LocalStack stack, TimeProvider time)
    {
        var build = DemoBuild.OfRepository(time);
        _build = Task.Run(() => BuildAsync(build, _stop.Token));
        Site = new DemoSite(_build);
        Seed = new DemoSeed(stack, build, time, _stop.Token);
    }

    /// <summary>Its pages.</summary>
    public DemoSite Site { get; }

    /// <summary>Its data.</summary>
    public DemoSeed Seed { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_build);
        await Seed.EndedAsync();
        _stop.Dispose();
    }

    private static async Task<string> BuildAsync(DemoBuild build, CancellationToken cancellationToken)
    {
        try
        {
            return await build.EnsureAsync(cancellationToken);
        }
        catch (LocalStackException exception)
        {
            await Console.Error.WriteLineAsync($"There is no demo: {exception.Message}");
            throw;
        }
    }
}
