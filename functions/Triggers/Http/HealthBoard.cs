using Microsoft.Extensions.Logging;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>How what we stand on is doing. Asked at most every two seconds, whoever and however often somebody asks us.</summary>
internal sealed class HealthBoard(IEnumerable<IHealthProbe> probes, TimeProvider time, ILogger<HealthBoard> logger) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly IHealthProbe[] _probes = [.. probes.OrderBy(probe => probe.Name, StringComparer.Ordinal)];
    private readonly SemaphoreSlim _asking = new(1);
    private IReadOnlyList<ProbeState> _states = [];
    private long? _askedAt;

    /// <summary>The state of every probe, by name.</summary>
    public async Task<IReadOnlyList<ProbeState>> ReadAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_askedAt is not { } then || time.GetElapsedTime(then) >= KeptFor)
            {
                // Not cancelled by whoever asked first: the answer is for all.
                _states = await Task.WhenAll(_probes.Select(AskAsync));
                _askedAt = time.GetTimestamp();
            }

            return _states;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    private async Task<ProbeState> AskAsync(IHealthProbe probe)
    {
        var (result, exception) = await TryAsync(probe);
        var before = _states.FirstOrDefault(state => state.Name == probe.Name);
        if (before?.Up == result.Up)
            return before with { Reason = result.Reason };

        if (!result.Up)
            Logs.ProbeDown(logger, exception, probe.Name, result.Reason ?? "");
        else if (before is not null)
            Logs.ProbeUp(logger, probe.Name);
        return new ProbeState(probe.Name, probe.Essential, result.Up, time.GetUtcNow(), result.Reason);
    }

    private async Task<(ProbeResult Result, Exception? Exception)> TryAsync(IHealthProbe probe)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            return (await probe.CheckAsync(timeout.Token).WaitAsync(timeout.Token), null);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return (new ProbeResult(false, "no-answer"), null);
        }
        catch (Exception exception)
        {
            // Whatever a probe throws says that what it asked is not well; the log has the rest.
            return (new ProbeResult(false, "failed"), exception);
        }
    }
}
