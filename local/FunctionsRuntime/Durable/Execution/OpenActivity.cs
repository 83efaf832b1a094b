using System.Text.Json;
using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>A call of an activity that has not ended.</summary>
internal sealed class OpenActivity<T>(HistoryEvent action) : OpenTask(action)
{
    // Continuations run inline, on the turn's thread: that is what keeps their order the same on each replay.
    private readonly TaskCompletionSource<T> _source = new();

    /// <summary>What the orchestrator awaits.</summary>
    public Task<T> Task => _source.Task;

    public override void Complete(HistoryEvent historyEvent, DataConverter converter)
    {
        if (historyEvent.Kind == HistoryKind.ActivityFailed)
        {
            _source.SetException(new TaskFailedException(Action.Name!, Action.TaskId, FailureText.Parse(historyEvent.Data)));
            return;
        }

        T? result;
        try
        {
            result = typeof(T) == typeof(Nothing) ? default : converter.Deserialize<T>(historyEvent.Data);
        }
        catch (JsonException exception)
        {
            _source.SetException(exception);
            return;
        }

        _source.SetResult(result!);
    }
}
