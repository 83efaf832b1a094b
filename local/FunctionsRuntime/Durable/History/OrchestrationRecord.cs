using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MyriadSync.FunctionsRuntime.Durable.History;

/// <summary>An instance as it is stored, without its history. Times are UTC, values JSON.</summary>
internal sealed record OrchestrationRecord
{
    /// <summary>Short key that the history refers to.</summary>
    public required long Key { get; init; }

    /// <summary>The instance id.</summary>
    public required string Id { get; init; }

    /// <summary>Counts starts of the id, ContinueAsNew included: what belongs to an earlier one is ignored.</summary>
    public required long Execution { get; init; }

    /// <summary>Name of the orchestrator.</summary>
    public required string Name { get; init; }

    /// <summary>Version it was started with; empty means unversioned.</summary>
    public required string Version { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>Input.</summary>
    public string? Input { get; init; }

    /// <summary>Output.</summary>
    public string? Output { get; init; }

    /// <summary>Custom status.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why it failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When its orchestrator begins: the first time that the orchestrator sees.</summary>
    public required DateTime StartAt { get; init; }

    /// <summary>W3C trace of whoever started it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool IsFinished => Status is not (OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running);

    /// <summary>What the client shows of it.</summary>
    public OrchestrationMetadata ToMetadata(DataConverter converter, bool withValues) => new(Name, Id)
    {
        DataConverter = converter,
        RuntimeStatus = Status,
        CreatedAt = CreatedAt,
        LastUpdatedAt = UpdatedAt,
        SerializedInput = withValues ? Input : null,
        SerializedOutput = withValues ? Output : null,
        SerializedCustomStatus = withValues ? CustomStatus : null,
        FailureDetails = Failure,
    };
}
