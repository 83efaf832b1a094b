using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>Takes one request through the faults and gates, before and after its effect.</summary>
internal sealed class FaultedRequest(FaultBoard board, EmulatorSide side, HttpContext context, TimeProvider clock)
{
    private readonly ActiveFaults _faults = board.Active;
    private readonly string _target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
    private GatedRequest? _held;
    private bool _dropsReply, _hangsAfter;

    /// <summary>Called when the request has arrived whole.</summary>
    /// <returns>False if it ends here.</returns>
    public async Task<bool> BeforeAsync()
    {
        if (side == EmulatorSide.HBase ? _faults.Set.HBaseUnreachable : _faults.Set.SchedulerUnreachable)
            return Reset();
        if (!await PassGateAsync(GateStage.BeforeEffect))
            return false;
        foreach (var rule in _faults.Match(side, context.Request.Method, _target))
        {
            switch (rule.Action)
            {
                case FaultAction.Delay:
                    await WaitAsync(rule.DelayMs, leavesWithClient: false);
                    break;
                case FaultAction.Answer:
                    await AnswerAsync(rule.Status, rule.Body);
                    return false;
                case FaultAction.Reset:
                    return Reset();
                case FaultAction.Hang:
                    await HangAsync();
                    return false;
                case FaultAction.DropReply:
                    _dropsReply = true;
                    break;
                case FaultAction.HangAfterEffect:
                    _hangsAfter = true;
                    break;
            }
        }
        return side != EmulatorSide.HBase || _faults.Set.ClusterDownAfterMs is not { } after || await PassDownClusterAsync(after);
    }

    /// <summary>Called when what was asked is done and nothing of the answer is sent.</summary>
    /// <returns>False if there is to be no answer.</returns>
    public async Task<bool> AfterAsync()
    {
        if (_dropsReply)
            return Reset();
        if (_hangsAfter)
        {
            await HangAsync();
            return false;
        }
        return await PassGateAsync(GateStage.AfterEffect);
    }

    /// <summary>Called when the request has been dealt with, however it ended.</summary>
    public void Finish() => _held?.Finish();

    private async Task<bool> PassGateAsync(GateStage stage)
    {
        if (board.Hold(stage, context.Request.Method, _target) is not { } held)
            return true;
        _held?.Finish();
        _held = held;
        var decision = await held.Decision;
        if (decision.Status is { } status)
        {
            await AnswerAsync(status, decision.Body);
            return false;
        }
        _dropsReply |= decision.DropsReply;
        return stage == GateStage.BeforeEffect || !decision.DropsReply || Reset();
    }

    private async Task<bool> PassDownClusterAsync(int afterMs)
    {
        switch (DownCluster.Behaviour(context.Request.Method, _target))
        {
            case DownClusterBehaviour.AnswersAtOnce:
                return true;
            case DownClusterBehaviour.SaysNotFound:
                await WaitAsync(afterMs, leavesWithClient: true);
                await AnswerAsync(404, "Not found\r\n");
                return false;
            case DownClusterBehaviour.SaysUnavailable:
                await WaitAsync(afterMs, leavesWithClient: true);
                await AnswerAsync(503, "Unavailable\r\n");
                return false;
            default:
                await HangAsync();
                return false;
        }
    }

    private async Task WaitAsync(int milliseconds, bool leavesWithClient)
    {
        using var left = leavesWithClient ? CancellationTokenSource.CreateLinkedTokenSource(_faults.Ended, context.RequestAborted) : null;
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, left?.Token ?? _faults.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HangAsync()
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(_faults.Ended, context.RequestAborted);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, left.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Reset();
    }

    private async Task AnswerAsync(int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private bool Reset()
    {
        // Closing with no time to linger sends a reset, where an abort would end the connection in an orderly way.
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
        context.Abort();
        return false;
    }
}
