using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Invocation;

internal sealed class LocalFunctionDefinition(string name, string entryPoint, string pathToAssembly) : FunctionDefinition
{
    public override string PathToAssembly { get; } = pathToAssembly;

    public override string EntryPoint { get; } = entryPoint;

    public override string Id { get; } = StableId.Of($"{entryPoint}|{name}");

    public override string Name { get; } = name;
}
