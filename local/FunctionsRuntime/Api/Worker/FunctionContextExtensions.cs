using Microsoft.AspNetCore.Http;
using MyriadSync.FunctionsRuntime.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>ASP.NET Core view of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The HTTP context of an HTTP-triggered invocation; null for any other.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(InvocationKeys.HttpContext, out var value) ? value as HttpContext : null;
}
