using MyriadSync.Contracts.Resolvers;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>An app's own resolver, which decides by the edit's time and nothing else. For some edits it throws until it is <see cref="Mended"/>, for some always.</summary>
internal sealed class MoodyResolver : IConflictResolver
{
    private const int Moods = 8;

    /// <summary>The app was deployed with a remedy.</summary>
    public bool Mended { get; set; }

    /// <inheritdoc/>
    public ConflictDecision Resolve(ConcurrentEdit edit) => (edit.At.ToString().Sum(c => c) % Moods) switch
    {
        0 or 1 when !Mended => throw new InvalidOperationException("Not mended yet."),
        2 => throw new InvalidOperationException("Never mended."),
        3 or 4 => ConflictDecision.Take,
        5 => ConflictDecision.Keep,
        6 when edit.Proposed is { } proposed => ConflictDecision.Replace(proposed),
        _ => ConflictDecision.Merge,
    };
}
