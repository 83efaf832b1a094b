using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>An error for a client (RFC 9457). Status and title follow from the code.</summary>
/// <param name="Code">One of <see cref="Problems"/>.</param>
/// <param name="Detail">What is wrong with this very request, for people. No token, no record content, nothing of the service's inside.</param>
public sealed record Problem(string Code, string Detail)
{
    /// <summary>What is wrong where: pointer into the body, or <c>/query/{name}</c>, <c>/path/{name}</c>, <c>/header/{name}</c>.</summary>
    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    /// <summary>Members beside the standard ones: string, long, bool, or JSON as bytes.</summary>
    public IReadOnlyDictionary<string, object> Extensions { get; init; } = new Dictionary<string, object>();

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Sent as <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    /// <summary>HTTP status.</summary>
    public int Status => ProblemCatalog.Of(Code).Status;

    /// <summary>The code in words.</summary>
    public string Title => ProblemCatalog.Of(Code).Title;

    /// <summary>A problem with a single parameter of the query, the path or a header.</summary>
    public static Problem Parameter(string where, string name, string reason, string detail) =>
        new(Problems.InvalidParameter, detail) { Errors = [new Refusal(reason, $"/{where}/{name}", detail)] };
}
