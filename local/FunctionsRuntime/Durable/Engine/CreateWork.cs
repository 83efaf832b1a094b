using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>A new instance, or one that is started anew under the same id.</summary>
internal sealed class CreateWork(OrchestrationRecord record, Action committed) : IStateWork
{
    public void Write(StateCommands commands) => commands.Save(record);

    public void Committed() => committed();
}
