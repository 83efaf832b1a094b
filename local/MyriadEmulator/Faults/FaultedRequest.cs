using System.Diagnostics.CodeAnalysis;
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
    private FaultRule? _partial;

    /// <summary>Half of a bulk write is to be stored, and the rest of the request is to fail.</summary>
    public bool IsPartial => _partial is not null;

    /// <summary>The connection is to end half-way through the answer's body.</summary>
    public bool CutsReply { get; private set; }

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
                case FaultAction.CutReply:
                    CutsReply = true;
                    break;
                case FaultAction.PartialWrite when side == EmulatorSide.HBase && HttpMethods.IsPut(context.Request.Method):
                    _partial = rule;
                    break;
                case FaultAction.PartialWrite:
                    await AnswerAsync(rule.Status, rule.Body);
                    return false;
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
        if (_partial is not null)
        {
            await AnswerAsync(_partial.Status, _partial.Body);
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

    /// <summary>
    /// Closes the connection with what was flushed of the answer on its way, and nothing after it. A reset would overtake that: the server has to be made
    /// to give up by itself.
    /// </summary>
    [DoesNotReturn]
    public static void Cut() => throw new IOException("A fault cuts this answer short.");

    /// <summary>Resets the connection.</summary>
    /// <returns>False: the request ends here.</returns>
    public bool Reset()
    {
        // Closing with no time to linger sends a reset, where an abort would end the connection in an orderly way.
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Close(0);
        context.Abort();
        return false;
    }
}
