using MyriadSync.Contracts;
using MyriadSync.Reading;

namespace MyriadSync.RxDb;

/// <summary>
/// Where a client goes on: within the snapshot that it begins with, or in the log after it. On the wire it is flat, with every member always there, because
/// clients merge old and new: <c>id</c> says it all, and <c>lwt</c> and <c>updatedAt</c> (what RxDB's servers call it) are the log's seq.
/// </summary>
/// <param name="Snapshot">Token of the snapshot's next page; null: the snapshot is in.</param>
/// <param name="Cursor">The log's position, also while the snapshot is under way.</param>
internal sealed record RxCheckpoint(string? Snapshot, Cursor Cursor)
{
    private const string SnapshotPrefix = "s.";
    private const string LogPrefix = "c.";

    /// <summary>The wire form.</summary>
    public string Id => Snapshot is null ? LogPrefix + Cursor : SnapshotPrefix + Snapshot;

    /// <summary>Reads <see cref="Id"/>'s form; null for anything else.</summary>
    public static RxCheckpoint? Parse(string text)
    {
        if (text.StartsWith(LogPrefix, StringComparison.Ordinal) && Cursor.TryParse(text[LogPrefix.Length..], out var cursor))
        {
            return new RxCheckpoint(null, cursor);
        }

        return text.StartsWith(SnapshotPrefix, StringComparison.Ordinal) && SnapshotToken.Parse(text[SnapshotPrefix.Length..]) is { } token
            ? new RxCheckpoint(text[SnapshotPrefix.Length..], new Cursor(token.Epoch, token.Seq))
            : null;
    }

    /// <summary>The seq, which JavaScript holds exactly.</summary>
    public long Seq => Cursor.Seq;
}
