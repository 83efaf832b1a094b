using System.Globalization;
using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.Benchmarks.Pipeline;

/// <summary>A batch of 1,000 changes to records of 10 fields, each of which another client edited meanwhile.</summary>
internal sealed record PipelineInput
{
    /// <summary>Changes of the batch.</summary>
    public const int Changes = 1000;

    private const int Fields = 10;
    private const long Base = 5;
    private const long Current = 9;

    /// <summary>The request's body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The records as they are.</summary>
    public required IReadOnlyDictionary<RecordId, RecordState> States { get; init; }

    /// <summary>Makes the batch.</summary>
    /// <param name="store">Its store.</param>
    /// <param name="patch">True: patches of three fields; false: puts of all.</param>
    public static PipelineInput Of(string store, bool patch)
    {
        var changes = Enumerable.Range(1, Changes).Select(seq => string.Create(CultureInfo.InvariantCulture,
            $$"""{"seq":{{seq}},"store":"{{store}}","key":"record-{{seq}}",{{(patch ? Patch(seq) : $"\"op\":\"put\",\"value\":{Value(seq + 1)}")}},"base":{{Base}},"at":"{{At(1_700_000_001_000, seq, "mine")}}"}"""));
        var body = Encoding.UTF8.GetBytes($$"""{"schemaVersion":1,"clientId":"mine","batchId":"b","changes":[{{string.Join(',', changes)}}]}""");
        var batch = BatchReader.Read(body, new SyncLimits()).Batch!;
        return new PipelineInput { Body = body, States = batch.Changes.ToDictionary(change => new RecordId(change.Store, change.Key), State) };
    }

    private static RecordState State(Change change)
    {
        var at = At(1_700_000_000_500, (int)change.Seq, "theirs");
        return new RecordState
        {
            Rev = Current,
            Value = RecordValue.FromCanonical(Encoding.UTF8.GetBytes(Value((int)change.Seq))),
            At = at,
            By = "theirs",
            Clocks = new FieldClocks { Default = new FieldClock(1_700_000_000_000, At(1_700_000_000_000, 0, "theirs")) }.With(["field3", "field4"], new FieldClock(1_700_000_000_500, at)),
        };
    }

    private static string Patch(int n) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            "op":"patch","set":{"/field1":"changed {{n}}","/field3":{{n}}},"inc":{"/field9":1}
            """);

    /// <summary>In canonical form: ten fields, texts and numbers, about 275 bytes.</summary>
    private static string Value(int n) =>
        "{" + string.Join(',', Enumerable.Range(0, Fields).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"field{i}\":{(i % 3 == 0 ? $"{n + i}" : $"\"some text {n + i}\"")}"))) + "}";

    private static string At(long ms, int counter, string client) => HybridTime.FromMilliseconds(ms, client, counter).ToString();
}
