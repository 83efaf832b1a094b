using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>
/// Holds the requests that match until each is let go, so that a test can put the events of two clients into an exact order. Disposing of it lets
/// all go and holds no more.
/// </summary>
public sealed class RequestGate : IDisposable
{
    private readonly Channel<GatedRequest> _arrived = Channel.CreateUnbounded<GatedRequest>();
    private readonly List<GatedRequest> _held = [];
    private readonly Action<RequestGate> _remove;
    private readonly string? _method;
    private readonly Regex? _path;
    private bool _open;

    internal RequestGate(string? method, string? path, GateStage stage, Action<RequestGate> remove)
    {
        _method = method;
        _path = path is null ? null : new Regex(path, RegexOptions.CultureInvariant);
        Stage = stage;
        _remove = remove;
    }

    internal GateStage Stage { get; }

    /// <summary>The next request that has arrived and waits here, in the order of arrival.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<GatedRequest> NextAsync(CancellationToken cancellationToken = default) => await _arrived.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_held)
        {
            _open = true;
            _held.ForEach(request => request.Continue());
        }
        _remove(this);
    }

    /// <summary>Null if the request does not match, or the gate was opened meanwhile.</summary>
    internal GatedRequest? Hold(string method, string target)
    {
        if ((_method is not null && !_method.Equals(method, StringComparison.OrdinalIgnoreCase)) || _path?.IsMatch(target) == false)
            return null;
        lock (_held)
        {
            if (_open)
                return null;
            var request = new GatedRequest(method, target);
            _held.Add(request);
            _arrived.Writer.TryWrite(request);
            return request;
        }
    }
}
