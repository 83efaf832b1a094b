using Microsoft.AspNetCore.Http;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>Who may see and decide conflicts: operators all of them, users those of their own clients.</summary>
internal sealed class ConflictGate(StoreGate stores)
{
    /// <summary>Null: go on. The caller needs role <c>operate</c>, or <c>write</c> for their own.</summary>
    public static Problem? Check(HttpContext http, string dataset) => IsOperator(http) ? AccessGate.Check(http, Role.Operate, dataset) : AccessGate.Check(http, Role.Write, dataset);

    /// <summary>Whose conflicts the caller sees; null: everybody's.</summary>
    public static string? Only(HttpContext http) => IsOperator(http) ? null : http.Caller().Sub;

    /// <summary>Null: the conflict is one of the caller's.</summary>
    public static Problem? Check(HttpContext http, ConflictEntry entry) => Only(http) is not { } sub || sub == entry.Sub
        ? null
        : new Problem(Problems.Forbidden, "The conflict is another user's; the role operate is needed.") { Challenge = "Bearer error=\"insufficient_scope\"" };

    /// <summary>Whether the caller may see the record: what they may decide does not say what they may read.</summary>
    public bool Shows(HttpContext http, ConflictEntry entry) =>
        AccessCheck.Denial(http.Caller(), Role.Read, entry.Dataset) is null && stores.ScopeOf(http.Caller()).Shows(entry.Record.Store);

    private static bool IsOperator(HttpContext http) => http.Caller().Roles.HasFlag(Role.Operate);
}
