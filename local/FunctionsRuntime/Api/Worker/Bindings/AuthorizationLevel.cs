namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a request to an HTTP function has to carry.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; there is no such thing locally, so it is treated like <see cref="Function"/>.</summary>
    User = 1,

    /// <summary>A function key, or the admin key.</summary>
    Function = 2,

    /// <summary>The admin key.</summary>
    System = 3,

    /// <summary>The admin key.</summary>
    Admin = 4,
}
