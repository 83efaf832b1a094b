using System.Collections.Frozen;

namespace MyriadSync.Triggers.Http;

/// <summary>Names of the HTTP functions. Each one needs a token, unless it is named among <see cref="Open"/>.</summary>
internal static class FunctionNames
{
    public const string ReadChanges = "ReadChanges";
    public const string ReadSnapshot = "ReadSnapshot";
    public const string ReadDataset = "ReadDataset";
    public const string ReadRecord = "ReadRecord";
    public const string ListPoison = "ListPoison";
    public const string ReadPoison = "ReadPoison";
    public const string RedrivePoison = "RedrivePoison";
    public const string RedriveManyPoison = "RedriveManyPoison";
    public const string DiscardPoison = "DiscardPoison";
    public const string ListConflicts = "ListConflicts";
    public const string ReadConflict = "ReadConflict";
    public const string ResolveConflict = "ResolveConflict";
    public const string HealthLive = "HealthLive";
    public const string HealthReady = "HealthReady";
    public const string ReadProblem = "ReadProblem";
    public const string ReadOpenApi = "ReadOpenApi";
    public const string RxDbPull = "RxDbPull";
    public const string RxDbPush = "RxDbPush";
    public const string RxDbPullStream = "RxDbPullStream";

    /// <summary>Answered without a token: they tell nothing of anybody's data.</summary>
    public static FrozenSet<string> Open { get; } = FrozenSet.Create(StringComparer.Ordinal, HealthLive, HealthReady, ReadProblem, ReadOpenApi);

    /// <summary>Their errors are plain text: RxDB's clients take any JSON for documents.</summary>
    public static FrozenSet<string> Plain { get; } = FrozenSet.Create(StringComparer.Ordinal, RxDbPull, RxDbPush, RxDbPullStream);
}
