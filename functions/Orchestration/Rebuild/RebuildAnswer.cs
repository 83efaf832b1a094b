namespace MyriadSync.Orchestration.Rebuild;

/// <summary>What became of a rebuild.</summary>
/// <param name="Done">Every dataset that was asked for has a log that the app can go on with.</param>
/// <param name="Datasets">The logs that were begun anew by this run.</param>
/// <param name="Trouble">Why it is not done, for people; empty when it is.</param>
public sealed record RebuildAnswer(bool Done, IReadOnlyList<RebuiltDataset> Datasets, IReadOnlyList<string> Trouble)
{
    /// <summary>Not done.</summary>
    public static RebuildAnswer Stopped(IReadOnlyList<RebuiltDataset> datasets, string trouble) => new(false, datasets, [trouble]);
}
