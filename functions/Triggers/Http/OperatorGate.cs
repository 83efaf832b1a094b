using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;
using MyriadSync.Poison;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>What the operators' functions ask first.</summary>
internal static class OperatorGate
{
    /// <summary>Null: go on. Beside datasets it knows <see cref="PoisonEntry.NoDataset"/>, for whoever operates all of them.</summary>
    public static Problem? Check(HttpContext http, string dataset) => dataset != PoisonEntry.NoDataset
        ? AccessGate.Check(http, Role.Operate, dataset)
        : AccessCheck.Denial(http.Caller(), Role.Operate, dataset) is { } denial ? new Problem(Problems.Forbidden, denial) { Challenge = "Bearer error=\"insufficient_scope\"" } : null;

    /// <summary>Ids of poison entries and of conflicts: 40 hex digits.</summary>
    public static bool IsId(string id) => id.Length == 40 && id.All(char.IsAsciiHexDigitLower);

    /// <summary>The address names no entry, because nothing is called that.</summary>
    public static Problem NoSuch(string what) => new(Problems.NotFound, $"There is no such {what}, or it is no longer kept.");

    /// <summary>503 for work that waits for the cluster.</summary>
    public static Problem Waits(string reason) => new(Problems.ClusterUnavailable, $"Nothing was lost; it has to wait ({reason}). Ask again.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
        Extensions = new Dictionary<string, object> { ["waitingFor"] = reason },
    };
}
