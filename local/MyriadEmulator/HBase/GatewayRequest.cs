using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MyriadSync.MyriadEmulator.Hosting;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>A request as the gateway sees it: its path and query as they were sent, its body unpacked, and the cells of its answer.</summary>
internal sealed class GatewayRequest : IDisposable
{
    private readonly List<(string Name, string Value)> _query = [];

    public GatewayRequest(HttpContext context)
    {
        Context = context;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? target : target[..question];
        Method = context.Request.Method;
        Segments = Path.TrimStart('/').Split('/', 3);
        IsWellFormed = ParseQuery(question < 0 ? "" : target[(question + 1)..]);
    }

    public HttpContext Context { get; }

    public string Method { get; }

    /// <summary>Percent-encoded, without the query.</summary>
    public string Path { get; }

    /// <summary>At most three parts of the path, percent-encoded; the third may hold more slashes.</summary>
    public string[] Segments { get; }

    /// <summary>False if the query has an escape that is none.</summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>False if the path has an escape that is none, or of a zero byte: Jetty takes neither.</summary>
    public bool HasGoodPath => FormDecoder.TryDecode(Path, out _) && !Path.Contains("%00", StringComparison.Ordinal);

    public PooledBuffer Body { get; } = new();

    /// <summary>Where the cells of the answer are written.</summary>
    public PooledBuffer Output { get; } = new();

    /// <summary>Sends what <see cref="Output"/> holds and empties it, so that the answer to a long scan need not be held in memory.</summary>
    public required Func<GatewayRequest, Task> FlushAsync { get; init; }

    /// <summary>A fault: of a bulk write only the first half of the rows is stored.</summary>
    public bool StoresHalf { get; set; }

    public bool IsRead => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method);

    public bool IsPutOrPost => HttpMethods.IsPut(Method) || HttpMethods.IsPost(Method);

    public string BaseUrl => $"http://{Context.Request.Host.Value}";

    /// <summary>Row keys and columns are in base64, by the query or by a header. Gateways before 2.6 take no notice of either.</summary>
    public bool IsInBase64 => KeyEncoding == "b64";

    /// <summary>The gateway knows other names for encodings, and none besides; only this one is emulated.</summary>
    public bool HasOtherKeyEncoding => KeyEncoding is not (null or "b64");

    private string? KeyEncoding => Query("e") ?? (Context.Request.Headers.TryGetValue("Encoding", out var header) ? header.ToString() : null);

    public string? Query(string name) => _query.Find(pair => pair.Name == name).Value;

    public IEnumerable<string> QueryAll(string name) => _query.Where(pair => pair.Name == name).Select(pair => pair.Value);

    /// <summary>The segment decoded, or as it is where that cannot be.</summary>
    public string Decoded(int segment) => FormDecoder.TryDecodeText(Segments[segment], out var text) ? text : Segments[segment];

    public void Dispose()
    {
        Body.Dispose();
        Output.Dispose();
    }

    private bool ParseQuery(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (!FormDecoder.TryDecodeText(equals < 0 ? "" : part[(equals + 1)..], out var value))
                return false;
            _query.Add((equals < 0 ? part : part[..equals], value));
        }
        return true;
    }
}
