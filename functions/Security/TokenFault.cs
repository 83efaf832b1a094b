namespace MyriadSync.Security;

/// <summary>Why a token does not hold.</summary>
public enum TokenFault
{
    /// <summary>It holds.</summary>
    None,

    /// <summary>It held once.</summary>
    Expired,

    /// <summary>Signature, algorithm, issuer, audience or form are not as they must be.</summary>
    Invalid,

    /// <summary>It cannot be told: the keys cannot be fetched.</summary>
    KeysUnavailable,
}
