namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class NameTests(StackFixture fixture)
{
    private const string SixtyFive = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("_a")]
    [InlineData("a~b")]
    [InlineData("a%20b")]
    [InlineData("a%7Cb")]
    [InlineData("a%2Fb")]
    [InlineData("a%25b")]
    [InlineData("a'%20or%20'1'%20eq%20'1")]
    [InlineData("%C3%A9t%C3%A9")]
    [InlineData("%F0%9F%98%80")]
    [InlineData(SixtyFive)]
    public async Task AnyRequest_DatasetOutOfItsAlphabet_IsRefused(string name)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var client = dataset.Client.Http;

        foreach (var path in (string[])["", "/changes", "/snapshot", "/records/notes/1", "/batches/c1/b1"])
        {
            using var answer = await client.GetAsync(new Uri($"/api/v1/datasets/{name}{path}", UriKind.Relative), Cancel);
            (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-parameter").Names("/path/dataset", "invalid-dataset");
        }

        using var content = new StringContent(dataset.SoundBatch().ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var push = await client.PostAsync(new Uri($"/api/v1/datasets/{name}/batches", UriKind.Relative), content, Cancel);

        (await ProblemAnswer.ReadAsync(push)).Is(400, "invalid-parameter").Names("/path/dataset", "invalid-dataset");
        await dataset.AssertGoesOnAsync();
    }

    [Theory]
    [InlineData("records/-notes/1", "/path/store", "invalid-store")]
    [InlineData("records/no~tes/1", "/path/store", "invalid-store")]
    [InlineData("records/no%20tes/1", "/path/store", "invalid-store")]
    [InlineData("records/no%2Ftes/1", "/path/store", "invalid-store")]
    [InlineData("records/" + SixtyFive + "/1", "/path/store", "invalid-store")]
    [InlineData("records/notes/true", "/path/key", "not-a-key")]
    [InlineData("records/notes/null", "/path/key", "not-a-key")]
    [InlineData("records/notes/%22a", "/path/key", "not-a-key")]
    [InlineData("records/notes/%7B%7D", "/path/key", "not-a-key")]
    [InlineData("records/notes/%5B1", "/path/key", "not-a-key")]
    [InlineData("records/notes/1%202", "/path/key", "not-a-key")]
    [InlineData("records/notes/Dbff", "/path/key", "not-a-key")]
    [InlineData("records/notes/S9", "/path/key", "not-a-key")]
    [InlineData("records/notes/1e999", "/path/key", "not-a-key")]
    [InlineData("batches/c.1/b1", "/path/clientId", "invalid-id")]
    [InlineData("batches/" + SixtyFive + "/b1", "/path/clientId", "invalid-id")]
    [InlineData("batches/c1/b~1", "/path/batchId", "invalid-id")]
    [InlineData("batches/c1/%7C", "/path/batchId", "invalid-id")]
    [InlineData("changes?stores=", "/query/stores", "invalid-store")]
    [InlineData("changes?stores=a~b", "/query/stores", "invalid-store")]
    [InlineData("changes?stores=notes,", "/query/stores", "invalid-store")]
    [InlineData("changes?stores=notes,a%20b", "/query/stores", "invalid-store")]
    [InlineData("changes?stores=" + SixtyFive, "/query/stores", "invalid-store")]
    [InlineData("changes?stores=a&stores=b", "/query/stores", "given-twice")]
    [InlineData("snapshot?stores=a~b", "/query/stores", "invalid-store")]
    [InlineData("snapshot?stores=.a", "/query/stores", "invalid-store")]
    public async Task Get_NameOutOfItsAlphabet_IsRefused(string path, string pointer, string reason)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("names"));

        using var answer = await client.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(answer)).Is(400, "invalid-parameter").Names(pointer, reason);
    }

    [Fact]
    public async Task Get_MoreStoresThanAreTaken_IsRefused()
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("names"));
        var stores = string.Join(',', Enumerable.Range(0, 65).Select(i => $"s{i}"));

        using var changes = await client.Http.GetAsync(new Uri($"changes?stores={stores}", UriKind.Relative), Cancel);
        using var tooLong = await client.Http.GetAsync(new Uri($"changes?stores=a{new string(',', 20_000)}", UriKind.Relative), Cancel);

        (await ProblemAnswer.ReadAsync(changes)).Is(400, "invalid-parameter").Names("/query/stores", "too-many-stores");
        Assert.InRange((int)tooLong.StatusCode, 400, 499);
    }
}
