namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>A request that a gate holds. It waits until one of the methods is called.</summary>
public sealed class GatedRequest
{
    private readonly TaskCompletionSource<GateDecision> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal GatedRequest(string method, string target)
    {
        Method = method;
        Target = target;
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent.</summary>
    public string Target { get; }

    /// <summary>Ends when the request was let go and has been dealt with: done and answered, dropped or refused.</summary>
    public Task Done => _done.Task;

    internal Task<GateDecision> Decision => _decision.Task;

    /// <summary>Lets the request go on as if nothing had been.</summary>
    public void Continue() => _decision.TrySetResult(new GateDecision());

    /// <summary>Lets the request take effect, then resets the connection: a lost reply.</summary>
    public void DropReply() => _decision.TrySetResult(new GateDecision { DropsReply = true });

    /// <summary>Answers the request with an error. Before the effect nothing is done; after it, it was done and is not told.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">Plain text.</param>
    public void Refuse(int status, string body = "Unavailable\r\n") => _decision.TrySetResult(new GateDecision { Status = status, Body = body });

    internal void Finish() => _done.TrySetResult();
}
