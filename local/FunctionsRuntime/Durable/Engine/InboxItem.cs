using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Something that an instance has to deal with.</summary>
internal abstract record InboxItem
{
    /// <summary>Begin, or catch up after a restart.</summary>
    internal sealed record Resume(long Execution) : InboxItem;

    /// <summary>A task has ended.</summary>
    internal sealed record Happened(long Execution, HistoryEvent Event) : InboxItem;

    /// <summary>Someone wants it to end.</summary>
    internal sealed record Terminate(string? Output) : InboxItem;

    /// <summary>The orchestrator broke the rules.</summary>
    internal sealed record Violation(long Execution, string Message) : InboxItem;
}
