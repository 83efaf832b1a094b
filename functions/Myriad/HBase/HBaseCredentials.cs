namespace MyriadSync.Myriad.HBase;

/// <summary>Credentials for the gateway: secrets, so a reference to a vault and never a literal in a committed file.</summary>
public sealed class HBaseCredentials
{
    /// <summary>Which of the others are used. Default: none.</summary>
    public HBaseCredentialKind Kind { get; set; }

    /// <summary>User name for <see cref="HBaseCredentialKind.Basic"/>; holds no colon.</summary>
    public string? User { get; set; }

    /// <summary>Password for <see cref="HBaseCredentialKind.Basic"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Token for <see cref="HBaseCredentialKind.Bearer"/>.</summary>
    public string? Token { get; set; }
}
