using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Carries out what operators and resolvers of conflicts ask for: fetches the record as it stands, decides, commits; once, however often it is asked.</summary>
internal sealed class OperatorStage(FetchStage fetch, IChangeLog log, LogWindows windows, ClusterClock clock, CommitLoop loop, CommitFactory factory)
{
    /// <summary>Fetches in a row: each failed one means that the log ran on by thousands of entries meanwhile.</summary>
    private const int MaxFetches = 5;

    public async Task<OperatorAnswer> CommitAsync(string dataset, OperatorRequest request, CancellationToken cancellationToken)
    {
        for (var fetches = 0; fetches < MaxFetches; fetches++)
        {
            var fetched = await fetch.FetchAsync(dataset, [(request.Record, request.Expected)], cancellationToken);
            if (fetched.Rows is null)
            {
                return new OperatorAnswer { WaitReason = fetched.WaitReason };
            }

            var answer = await CommitAsync(dataset, request, fetched.Rows, cancellationToken);
            if (!answer.FetchAgain)
            {
                return answer;
            }
        }

        return new OperatorAnswer { WaitReason = WaitReasons.Contention };
    }

    private async Task<OperatorAnswer> CommitAsync(string dataset, OperatorRequest request, FetchedRows rows, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.CommitGate.WaitAsync(cancellationToken);
        try
        {
            return await window.LoadAsync(cancellationToken)
                ? await loop.RunAsync(window, new OperatorCommits(dataset, request, rows, log, clock, factory), cancellationToken)
                : new OperatorAnswer { WaitReason = WaitReasons.ClusterBehind };
        }
        finally
        {
            window.CommitGate.Release();
        }
    }
}
