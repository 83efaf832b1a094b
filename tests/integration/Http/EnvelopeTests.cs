using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed partial class EnvelopeTests(StackFixture fixture)
{
    private const string SixtyFive = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "not-json")]
    [InlineData("  \n", "not-json")]
    [InlineData("{", "not-json")]
    [InlineData("nonsense", "not-json")]
    [InlineData("{} {}", "not-json")]
    [InlineData("{'clientId':'c'}", "not-json")]
    [InlineData("{\"atomic\":true,}", "not-json")]
    [InlineData("/* changes */ {}", "not-json")]
    [InlineData("{\"atomic\":tru}", "not-json")]
    [InlineData("[NaN]", "not-json")]
    [InlineData("{\"clientId\":\"a\nb\"}", "not-json")]
    [InlineData("{\"clientId\":\"\\x\"}", "not-json")]
    [InlineData("\u00ef\u00bb\u00bf{}", "not-json")]
    [InlineData("{\0}\0", "not-json")]
    [InlineData("{\"clientId\":\"\u00ff\"}", "invalid-utf8")]
    [InlineData("{\"clientId\":\"\u00ed\u00a0\u0080\"}", "invalid-utf8")]
    [InlineData("[]", "not-an-object")]
    [InlineData("null", "not-an-object")]
    [InlineData("7", "not-an-object")]
    [InlineData("\"batch\"", "not-an-object")]
    public async Task Push_BodyThatIsNoJsonObject_IsRefused(string bytes, string reason)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        using var answer = await dataset.PostAsync(Encoding.Latin1.GetBytes(bytes));

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request").Names("", reason);
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task Push_BodyNestedWithoutEnd_IsRefused(char open)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var nesting = open == '[' ? new string('[', 900_000) : string.Concat(Enumerable.Repeat("{\"a\":", 180_000));

        using var bare = await dataset.PostAsync(nesting);
        using var within = await dataset.PostAsync($$"""{"changes":[{"seq":2,"value":{{nesting}}""");

        (await ProblemAnswer.ReadAsync(bare)).Is(400, "invalid-request");
        (await ProblemAnswer.ReadAsync(within)).Is(400, "invalid-request").Names("", "not-json");
        await dataset.AssertGoesOnAsync();
    }

    // A member's JSON in place of the sound one; null: without the member. #n stands for a sound change with seq n.
    [Theory]
    [InlineData("schemaVersion", null, "/schemaVersion", "missing")]
    [InlineData("schemaVersion", "\"1\"", "/schemaVersion", "invalid")]
    [InlineData("schemaVersion", "0", "/schemaVersion", "invalid")]
    [InlineData("schemaVersion", "1.5", "/schemaVersion", "invalid")]
    [InlineData("schemaVersion", "1e99", "/schemaVersion", "invalid")]
    [InlineData("clientId", null, "/clientId", "missing")]
    [InlineData("clientId", "7", "/clientId", "invalid")]
    [InlineData("clientId", "\"\"", "/clientId", "invalid")]
    [InlineData("clientId", "\"a.b\"", "/clientId", "invalid")]
    [InlineData("clientId", "\"client|x\"", "/clientId", "invalid")]
    [InlineData("clientId", "\"" + SixtyFive + "\"", "/clientId", "invalid")]
    [InlineData("batchId", null, "/batchId", "missing")]
    [InlineData("batchId", "null", "/batchId", "invalid")]
    [InlineData("batchId", "[\"b\"]", "/batchId", "invalid")]
    [InlineData("batchId", "\"../b\"", "/batchId", "invalid")]
    [InlineData("batchId", "\"" + SixtyFive + "\"", "/batchId", "invalid")]
    [InlineData("epoch", "7", "/epoch", "invalid")]
    [InlineData("epoch", "\"\"", "/epoch", "invalid")]
    [InlineData("epoch", "\"" + SixtyFive + "\"", "/epoch", "invalid")]
    [InlineData("atomic", "\"true\"", "/atomic", "invalid")]
    [InlineData("atomic", "1", "/atomic", "invalid")]
    [InlineData("color", "\"red\"", "/color", "unknown-member")]
    [InlineData("ClientId", "\"c\"", "/ClientId", "unknown-member")]
    [InlineData("changes", null, "/changes", "missing")]
    [InlineData("changes", "null", "/changes", "invalid")]
    [InlineData("changes", "{\"0\":#2}", "/changes", "invalid")]
    [InlineData("changes", "[]", "/changes", "no-changes")]
    [InlineData("changes", "[1]", "/changes/0", "not-an-object")]
    [InlineData("changes", "[#2,null]", "/changes/1", "not-an-object")]
    [InlineData("changes", "[#2,[#3]]", "/changes/1", "not-an-object")]
    [InlineData("changes", "[#2,#2]", "/changes/1/seq", "seq-order")]
    [InlineData("changes", "[#3,#2]", "/changes/1/seq", "seq-order")]
    [InlineData("changes", "[#2,#4]", "/changes/1/seq", "seq-order")]
    [InlineData("changes", "[{}]", "/changes/0/seq", "missing")]
    [InlineData("changes", "[{\"seq\":\"2\"}]", "/changes/0/seq", "invalid")]
    [InlineData("changes", "[{\"seq\":0}]", "/changes/0/seq", "invalid")]
    [InlineData("changes", "[{\"seq\":-1}]", "/changes/0/seq", "invalid")]
    [InlineData("changes", "[{\"seq\":2.5}]", "/changes/0/seq", "invalid")]
    [InlineData("changes", "[{\"seq\":9007199254740992}]", "/changes/0/seq", "invalid")]
    [InlineData("changes", "[{\"seq\":2,\"seq\":2}]", "/changes/0/seq", "invalid")]
    public async Task Push_EnvelopeThatIsNotSound_NamesTheMember(string member, string? json, string pointer, string reason)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var batch = dataset.SoundBatch();
        batch.Remove(member);
        if (json is not null)
            batch[member] = "@";
        var body = batch.ToJsonString().Replace("\"@\"", Expand(dataset, json), StringComparison.Ordinal);

        using var answer = await dataset.PostAsync(body);

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request").Names(pointer, reason);
        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_MemberTwice_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var body = dataset.SoundBatch().ToJsonString();

        using var answer = await dataset.PostAsync($$"""{"clientId":"other",{{body[1..]}}""");

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request").Names("/clientId", "duplicate-name");
        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_MoreChangesThanABatchMayHave_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var batch = dataset.SoundBatch();
        batch["changes"] = new JsonArray([.. Enumerable.Range(2, 1001).Select(seq => dataset.SoundBatch(seq)["changes"]![0]!.DeepClone())]);

        using var answer = await dataset.PostAsync(batch.ToJsonString());

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request").Names("/changes", "too-many-changes");
        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_EverythingWrong_TellsABoundedNumberOfErrors()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        using var answer = await dataset.PostAsync($$"""{"changes":[{{string.Join(',', Enumerable.Repeat("null", 5000))}}]}""");

        var problem = (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-request");
        Assert.InRange(problem.Errors.Count, 2, 100);
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json; charset=iso-8859-1", null)]
    [InlineData("application/json", "br")]
    [InlineData("application/json", "deflate")]
    [InlineData("application/json", "gzip, gzip")]
    [InlineData("application/json", "nonsense")]
    public async Task Push_MediaTypeOrEncodingThatIsNotTaken_IsRefused(string? contentType, string? contentEncoding)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        using var answer = await dataset.PostAsync(Encoding.UTF8.GetBytes(dataset.SoundBatch().ToJsonString()), contentType, contentEncoding);

        (await ProblemAnswer.ReadAsync(answer)).Is(415, "unsupported-media-type");
        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_NoBodyAtAll_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);

        using var answer = await dataset.Client.Http.PostAsync(new Uri("batches", UriKind.Relative), null, Cancel);

        (await ProblemAnswer.ReadAsync(answer)).Is(415, "unsupported-media-type");
        await dataset.AssertGoesOnAsync();
    }

    [GeneratedRegex("#([0-9]+)")]
    private static partial Regex Placeholder { get; }

    private static string? Expand(SettledDataset dataset, string? json) => json is null
        ? null
        : Placeholder.Replace(json, match => dataset.SoundBatch(int.Parse(match.Groups[1].ValueSpan, null))["changes"]![0]!.ToJsonString());
}
