using System.Text;
using System.Text.Json;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>What came to a made-up gateway.</summary>
internal sealed record FakeRequest(HttpMethod Method, string Host, string Path, string Body, HttpRequestMessage Message)
{
    public bool Is(string method, string start) => Method.Method == method && Path.StartsWith(start, StringComparison.Ordinal);

    /// <summary>The keys of a multiget, or of a bulk put.</summary>
    public string[] Keys => Method == HttpMethod.Get
        ? [.. Path[(Path.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(part => part["row=".Length..])]
        : [.. JsonDocument.Parse(Body).RootElement.GetProperty("Row").EnumerateArray().Select(row => Encoding.UTF8.GetString(row.GetProperty("key").GetBytesFromBase64()))];
}
