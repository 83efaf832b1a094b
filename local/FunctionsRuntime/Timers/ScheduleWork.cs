using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Timers;

/// <summary>Stores where a schedule stands.</summary>
internal sealed class ScheduleWork(ScheduleRecord record) : IStateWork
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it is stored.</summary>
    public Task Stored => _stored.Task;

    public void Write(StateCommands commands) => commands.SaveSchedule(record);

    public void Committed() => _stored.SetResult();
}
