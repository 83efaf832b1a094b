using System.Text.Json;

namespace MyriadSync.UnitTests.Triggers.Http.OpenApi;

/// <summary>An operation of the document.</summary>
/// <param name="Path">Its path, below the server's address.</param>
/// <param name="Method">In lower case.</param>
/// <param name="Body">The operation object.</param>
/// <param name="Parameters">Parameters of path and operation, resolved.</param>
internal sealed record ApiOperation(string Path, string Method, JsonElement Body, IReadOnlyList<JsonElement> Parameters)
{
    /// <summary>The function's name.</summary>
    public string Id => Body.GetProperty("operationId").GetString()!;

    /// <summary>Whether it is answered without a token.</summary>
    public bool IsOpen => Body.TryGetProperty("security", out var security) && security.GetArrayLength() == 0;

    /// <summary>Names of the parameters that lie in a part of the request.</summary>
    public IEnumerable<string> In(string part) =>
        Parameters.Where(parameter => parameter.GetProperty("in").GetString() == part).Select(parameter => parameter.GetProperty("name").GetString()!);
}
