using System.Globalization;
using System.Text.Json.Nodes;
using MyriadSync.ReliabilityTests.History;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>Makes a client's edits: to records of its own, which come out as it made them, and increments of counters that all clients share.</summary>
public sealed class EditMaker(string clientId, Random random, TimeProvider time)
{
    public const string Notes = "notes";
    public const string Counters = "counters";

    /// <summary>A field of every counter; each client has one of its own beside it.</summary>
    public const string Total = "total";

    private const int CounterCount = 4;

    /// <summary>Characters that do not shrink, so that the batch becomes too large to lie in the orchestration's input.</summary>
    private const int LongText = 16_000;

    private readonly Dictionary<RecordName, long> _revs = [];
    private readonly HashSet<RecordName> _alive = [];
    private readonly List<(RecordName Counter, long Amount)> _owed = [];
    private long _seq;
    private int _records;
    private (long Ms, int Count) _clock;

    /// <summary>Increments that came back as superseded: the user still wants them.</summary>
    public bool Owes => _owed.Count > 0;

    /// <summary>By counter, everything that this client ever wanted added.</summary>
    public Dictionary<RecordName, long> Wanted { get; } = [];

    /// <summary>What is owed, and some more edits if <paramref name="more"/>.</summary>
    public IReadOnlyList<Edit> Make(bool more)
    {
        var edits = _owed.ConvertAll(owed => Increment(owed.Counter, owed.Amount));
        _owed.Clear();
        var touched = new HashSet<RecordName>();
        for (var count = more ? random.Next(5, 11) : 0; edits.Count < count;)
            edits.AddRange(Next(touched));
        return edits;
    }

    /// <summary>Rebases on what a batch came to.</summary>
    public void Take(SettledBatch batch)
    {
        foreach (var (edit, result) in batch.Edits.Zip(batch.Results))
        {
            _revs[edit.Record] = result.Rev;
            if (edit.Record.Store == Counters && !result.IsTaken)
                _owed.Add((edit.Record, edit.Inc[Total]));
        }
    }

    private IEnumerable<Edit> Next(HashSet<RecordName> touched)
    {
        var dice = random.Next(10);
        if (dice < 4)
        {
            var counter = new RecordName(Counters, $"n{random.Next(CounterCount)}");
            var amount = random.Next(1, 10);
            Wanted[counter] = Wanted.GetValueOrDefault(counter) + amount;
            return [Increment(counter, amount)];
        }

        var own = _revs.Keys.Where(record => record.Store == Notes && !touched.Contains(record)).ToList();
        var record = dice < 7 || own.Count == 0 ? new RecordName(Notes, $"{clientId}-{++_records}") : own[random.Next(own.Count)];
        touched.Add(record);
        if (_alive.Add(record))
            return dice == 4 ? [Put(record), Patch(record)] : [Put(record)];

        if (dice < 9)
            return [dice == 7 ? Patch(record) : Put(record)];
        _alive.Remove(record);
        return [New(record, "delete")];
    }

    private Edit Put(RecordName record)
    {
        var text = random.Next(40) == 0 ? Convert.ToBase64String(Bytes(LongText * 3 / 4)) : Convert.ToBase64String(Bytes(12));
        return New(record, "put") with { Value = new JsonObject { ["text"] = text, ["edits"] = (long)random.Next(100), ["by"] = clientId } };
    }

    private Edit Patch(RecordName record) => New(record, "patch") with { Inc = new Dictionary<string, long> { ["edits"] = random.Next(1, 5), ["patched"] = 1 } };

    private Edit Increment(RecordName counter, long amount) =>
        New(counter, "patch") with { Inc = new Dictionary<string, long> { [Total] = amount, [clientId] = amount } };

    private Edit New(RecordName record, string op) => new()
    {
        Seq = ++_seq,
        Record = record,
        Op = op,
        Base = _revs.TryGetValue(record, out var rev) ? rev : null,
        At = At(),
    };

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string At()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _clock = now > _clock.Ms ? (now, 0) : (_clock.Ms, _clock.Count + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{_clock.Ms:x12}{_clock.Count:x4}{clientId}");
    }
}
