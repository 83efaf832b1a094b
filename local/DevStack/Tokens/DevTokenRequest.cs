namespace MyriadSync.DevStack.Tokens;

/// <summary>Whom a development token is for, and what it opens. Also the body of <c>POST /dev/token</c>.</summary>
public sealed record DevTokenRequest
{
    /// <summary>The user.</summary>
    public string Sub { get; init; } = "dev";

    /// <summary>Of <c>read</c>, <c>write</c>, <c>operate</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["read", "write", "operate"];

    /// <summary>Datasets, or <c>*</c> for all.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = ["*"];

    /// <summary>Seconds that it holds from now; default 24 h. A negative number makes one that is over already.</summary>
    public long ExpiresIn { get; init; } = 24 * 60 * 60;
}
