namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The lists that a task can be in.</summary>
internal enum TaskState
{
    Pending,
    Staging,
    Active,
    Killable,
}
