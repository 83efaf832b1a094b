using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Orchestration.Stages;

/// <summary>The commits of one operator's request. No client's row is touched: its own seqs go on as if nothing had been.</summary>
internal sealed class OperatorCommits(string dataset, OperatorRequest request, FetchedRows rows, IChangeLog log, ClusterClock clock, CommitFactory factory)
    : ICommitWork<OperatorAnswer>
{
    private OperatorAnswer? _answer;
    private RecordState? _met;

    public OperatorAnswer Waits(string reason) => new() { WaitReason = reason };

    public async Task<CommitStep<OperatorAnswer>> NextAsync(LogWindow window, CancellationToken cancellationToken)
    {
        var step = Next(window);

        // What stands in the way may be the request's own effect, if somebody else carried it out at the same moment.
        return step.End?.Refusal is not null && await log.ReadDoneAsync(dataset, request.DoneId, cancellationToken) is { } done
            ? End(new OperatorAnswer { Done = done, Met = _met, HeadSeq = window.HeadSeq })
            : step;
    }

    public async Task NoteAsync(Commit commit, CommitAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Verdict == CommitVerdict.TooLarge)
        {
            _answer = new OperatorAnswer { Refusal = new Refusal(Presets.RecordTooLarge, "", "The record with its fields' clocks fits no row of the log."), Met = _met };
        }
        else if (commit.Done.Count > 0 && answer.Verdict == CommitVerdict.Committed)
        {
            _answer = new OperatorAnswer { Done = commit.Done[0], Met = _met, HeadSeq = answer.Head!.Seq };
        }
        else if (answer.Verdict == CommitVerdict.AlreadyDone)
        {
            var done = await log.ReadDoneAsync(dataset, request.DoneId, cancellationToken);
            _answer = new OperatorAnswer { Done = done ?? throw new InvalidDataException("A row that stood in the way is gone."), Met = _met };
        }
    }

    private CommitStep<OperatorAnswer> Next(LogWindow window)
    {
        if (_answer is not null)
        {
            return End(_answer with { HeadSeq = window.HeadSeq });
        }

        var basis = factory.Basis(window, rows, [request.Record], clock.NowMs);
        _met = basis.States.GetValueOrDefault(request.Record);
        return basis switch
        {
            { FetchAgain: true } => End(new OperatorAnswer { FetchAgain = true }),
            { Refresh: true } => new() { Refresh = true },
            { WaitReason: not null } => End(new OperatorAnswer { WaitReason = basis.WaitReason, Met = _met }),
            { Foreign.Count: > 0 } => new() { Commit = Adopt(window, basis) },
            _ => Decided(window, basis, request.Decide(window, basis)),
        };
    }

    private static CommitStep<OperatorAnswer> End(OperatorAnswer answer) => new() { End = answer };

    private CommitStep<OperatorAnswer> Decided(LogWindow window, CommitBasis basis, OperatorDecision decision)
    {
        if (decision.Refusal is not null)
        {
            return End(new OperatorAnswer { Refusal = decision.Refusal, Met = _met, HeadSeq = window.HeadSeq });
        }

        var entries = EntryBuilder.Build(decision.Effects, window.HeadSeq, request.Cause);
        return new() { Commit = Finish(factory.Create(window, basis, entries, request.TraceParent), decision.Done) };
    }

    private Commit Adopt(LogWindow window, CommitBasis basis)
    {
        var adoption = factory.Adopt(window, basis, request.TraceParent);
        return request.Adopts ? Finish(adoption with { Entries = [.. adoption.Entries.Select(entry => entry with { Cause = request.Cause })] }, null) : adoption;
    }

    private Commit Finish(Commit commit, DoneRow? done) => commit with
    {
        Sub = request.Sub,
        Done = [(done ?? new DoneRow { Id = request.DoneId, Outcome = Outcome.Applied }) with
        {
            Id = request.DoneId,
            Rev = commit.Entries.Count > 0 ? commit.Entries[0].Rev : _met?.Rev ?? 0,
        }],
    };
}
