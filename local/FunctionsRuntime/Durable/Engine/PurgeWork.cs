using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Instances to forget. One that was started anew in the meantime stays.</summary>
internal sealed class PurgeWork(IReadOnlyList<OrchestrationRecord> records) : IStateWork
{
    private readonly TaskCompletionSource<int> _purged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>How many were forgotten.</summary>
    public Task<int> Purged => _purged.Task;

    public void Write(StateCommands commands) => _count = records.Count(r => commands.ForgetInstance(r.Key, r.Execution));

    public void Committed() => _purged.SetResult(_count);
}
