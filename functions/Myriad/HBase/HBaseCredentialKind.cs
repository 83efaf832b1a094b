namespace MyriadSync.Myriad.HBase;

/// <summary>How we show who we are to the gateway, or to the proxy in front of it.</summary>
public enum HBaseCredentialKind
{
    /// <summary>Not at all: the network decides who may connect.</summary>
    None,

    /// <summary>HTTP basic authentication with a user and a password.</summary>
    Basic,

    /// <summary>A bearer token.</summary>
    Bearer,
}
