namespace MyriadSync.Myriad.HBase;

/// <summary>An answer of a gateway, or the lack of one.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Reason">One line without record content; null when all is well.</param>
internal readonly record struct GatewayReply<T>(ReplyKind Kind, string? Reason)
{
    /// <summary>What the body said; set when <see cref="Kind"/> is <see cref="ReplyKind.Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>Who answered; null when no gateway did.</summary>
    public GatewayEndpoint? Endpoint { get; init; }

    /// <summary>What the answer's Location names last: the id of what was made. Null without one.</summary>
    public string? Created { get; init; }

    /// <summary>The fault that this answer is for an operation that cannot mend it.</summary>
    public StoreFault Fault => Kind switch
    {
        ReplyKind.Ok or ReplyKind.NoRows => StoreFault.None,
        ReplyKind.Transient or ReplyKind.Internal => StoreFault.Unavailable,
        ReplyKind.Unauthorized => StoreFault.Unauthorized,
        _ => StoreFault.Misconfigured,
    };
}
