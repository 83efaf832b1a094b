using System.Net;
using System.Text.Json;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>An answer, read whole.</summary>
public sealed record Reply(HttpStatusCode Status, string ContentType, string Body, HttpResponseMessage Message)
{
    /// <summary>The cells of the body; none if it has no rows.</summary>
    public IReadOnlyList<Cell> Cells => Status == HttpStatusCode.OK && Body.Length > 0 ? Cell.Parse(Body) : [];

    /// <summary>The cells as <c>row column@timestamp=value</c>: what tests compare.</summary>
    public string Text => string.Join(" | ", Cells.Select(cell => cell.ToString()));

    /// <summary>The row entries of the body, by key.</summary>
    public IEnumerable<string> Rows => JsonDocument.Parse(Body).RootElement.GetProperty("Row").EnumerateArray().Select(row => Cell.Utf8(row.GetProperty("key")));

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Fails with the answer if the status is another.</summary>
    public Reply Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Body[..Math.Min(400, Body.Length)]}");
        return this;
    }
}
