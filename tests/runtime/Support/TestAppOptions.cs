using Microsoft.Azure.Functions.Worker.Builder;

namespace MyriadSync.FunctionsRuntime.Tests.Support;

internal sealed record TestAppOptions
{
    public required string StateFile { get; init; }

    public string[] Arguments { get; init; } = [];

    public TimeProvider? Time { get; init; }

    public bool ReplayOnEachEvent { get; init; }

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }
}
