using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>What every function asks first: may this caller do this, here?</summary>
internal static class AccessGate
{
    /// <summary>Null: go on. Otherwise 400 for what is no dataset's name, 403 for what the token does not allow.</summary>
    public static Problem? Check(HttpContext http, Role role, string dataset)
    {
        if (!NameRules.IsDataset(dataset))
            return Problem.Parameter("path", "dataset", "invalid-dataset", "A dataset is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        return AccessCheck.Denial(http.Caller(), role, dataset) is { } denial ? Forbidden(denial) : null;
    }

    /// <summary>Null: go on. Otherwise 403: for what touches no dataset.</summary>
    public static Problem? Check(HttpContext http, Role role) =>
        AccessCheck.Denial(http.Caller(), role, dataset: null) is { } denial ? Forbidden(denial) : null;

    /// <summary>Who calls. Only in functions that need a token.</summary>
    public static Caller Caller(this HttpContext http) =>
        http.Items[typeof(Caller)] as Caller ?? throw new InvalidOperationException("The function is open, and so has no caller.");

    /// <summary>Keeps the caller with the request.</summary>
    public static void SetCaller(this HttpContext http, Caller caller) => http.Items[typeof(Caller)] = caller;

    private static Problem Forbidden(string denial) => new(Problems.Forbidden, denial) { Challenge = "Bearer error=\"insufficient_scope\"" };
}
