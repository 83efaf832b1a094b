namespace MyriadSync.Poison;

/// <summary>What an entry is about. Stored and on the wire: never rename one.</summary>
internal static class PoisonKinds
{
    /// <summary>A client's change, parked at resolve.</summary>
    public const string Change = "change";

    /// <summary>A committed record that the cluster refuses for good.</summary>
    public const string Held = "held";

    /// <summary>A row that a job left in a state that its store cannot read.</summary>
    public const string Row = "row";

    /// <summary>A queue message that failed five times.</summary>
    public const string Message = "message";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Change, Held, Row, Message];
}
