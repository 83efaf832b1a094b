using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Invocation;

internal sealed class LocalTraceContext(string? traceParent, string? traceState) : TraceContext
{
    /// <summary>No trace.</summary>
    public static LocalTraceContext None { get; } = new(null, null);

    public override string TraceParent { get; } = traceParent ?? string.Empty;

    public override string TraceState { get; } = traceState ?? string.Empty;
}
