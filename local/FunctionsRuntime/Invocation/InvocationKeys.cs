namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>Keys of <c>FunctionContext.Items</c> that the runtime sets.</summary>
internal static class InvocationKeys
{
    /// <summary>The HTTP context; the genuine ASP.NET Core integration uses the same key.</summary>
    public const string HttpContext = "HttpRequestContext";
}
