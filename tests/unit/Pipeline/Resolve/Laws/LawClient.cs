using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>
/// A client as docs/API.md wants it: edits on top of its own, pushes in order, takes what it receives if its rev is above its own and nothing of its own is
/// pending for the record, and believes what the outcomes say.
/// </summary>
internal sealed class LawClient(string id, LawServer server)
{
    private readonly Dictionary<RecordKey, (RecordValue? Value, long Rev)> _seen = [];
    private readonly Dictionary<RecordKey, RecordValue?> _local = [];
    private readonly List<Change> _outbox = [];
    private int _cursor;
    private long _seq;
    private long _clock;

    public string Id => id;

    public IReadOnlyDictionary<RecordKey, (RecordValue? Value, long Rev)> Seen => _seen;

    public IReadOnlyList<Change> Outbox => _outbox;

    public RecordValue? Local(RecordKey key) => _local.TryGetValue(key, out var value) ? value : _seen.GetValueOrDefault(key).Value;

    public long? Base(RecordKey key) => _seen.TryGetValue(key, out var seen) && seen.Rev > 0 ? seen.Rev : null;

    /// <summary>Makes an edit; null: it makes no sense here, and the app would not make it.</summary>
    /// <param name="edit">Its op, value and patch.</param>
    /// <param name="skew">How far (ms) the client's clock is off.</param>
    public Change? Edit(Change edit, int skew = 0)
    {
        var before = Local(edit.Key);
        RecordValue? after = null;
        if (edit.Op == ChangeOp.Put)
        {
            after = edit.Value;
        }
        else if (edit.Op == ChangeOp.Patch && ((before is null && Base(edit.Key) is not null)
            || !ValuePatch.TryApply(before ?? RecordValue.Empty, edit.Patch!, ValueLimits.Default, out after, out _)))
        {
            return null;
        }

        _clock = Math.Max(_clock + 1, 100 + (10 * server.Log.Count) + skew);
        var change = edit with { Seq = ++_seq, Base = Base(edit.Key), At = Build.At(_clock, id) };
        _outbox.Add(change);
        _local[edit.Key] = after;
        return change;
    }

    /// <summary>Sends the first changes of the outbox.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="lost">The answer is lost: the client sends the same again.</param>
    public void Push(int most, bool lost = false)
    {
        var batch = _outbox.Take(most).ToList();
        if (batch.Count == 0)
        {
            return;
        }

        var answer = server.Push(id, batch);
        if (lost)
        {
            Pull();
            answer = server.Push(id, batch);
        }

        _outbox.RemoveRange(0, batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            Settle(batch[i], answer[i].Resolved.Outcome, answer[i].Rev, last: !batch.Skip(i + 1).Any(later => later.Key == batch[i].Key));
        }
    }

    /// <summary>Reads on in the log.</summary>
    public void Pull(int most = int.MaxValue)
    {
        for (; _cursor < server.Log.Count && most > 0; _cursor++, most--)
        {
            var entry = server.Log[_cursor];
            if (entry.Rev > _seen.GetValueOrDefault(entry.Key).Rev && !_outbox.Exists(change => change.Key == entry.Key))
            {
                _seen[entry.Key] = (entry.Value, entry.Rev);
                _local.Remove(entry.Key);
            }
        }
    }

    private void Settle(Change change, Outcome outcome, long rev, bool last)
    {
        if (!last || _outbox.Exists(pending => pending.Key == change.Key))
        {
            return;
        }

        // Of what was applied nothing comes back: the client goes on with what it holds.
        var inEffect = server.Of(new RecordId(change.Store, change.Key));
        _seen[change.Key] = outcome == Outcome.Applied ? (Local(change.Key), rev) : (inEffect.Value, inEffect.Rev);
        _local.Remove(change.Key);
    }
}
