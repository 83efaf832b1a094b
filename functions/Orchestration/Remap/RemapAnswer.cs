namespace MyriadSync.Orchestration.Remap;

/// <summary>What became of a remap.</summary>
/// <param name="Done">The store's rows lie as the configuration says.</param>
/// <param name="Rows">Rows that were laid out anew by this run.</param>
/// <param name="Changed">Records among them whose value is another one in the new mapping; clients learn of them through the log.</param>
/// <param name="Trouble">Why it is not done, for people; empty when it is.</param>
public sealed record RemapAnswer(bool Done, int Rows, int Changed, IReadOnlyList<string> Trouble)
{
    /// <summary>Not done.</summary>
    public static RemapAnswer Stopped(params IReadOnlyList<string> trouble) => new(false, 0, 0, trouble);
}
