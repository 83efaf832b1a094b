namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class MutatedAddressTests(StackFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_MutatedAddresses_AreAnsweredOrRefused()
    {
        var mutator = new Mutator(Mutator.Seed);
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("mutated"));
        await client.PushAsync(Change.Put("notes", 1, "first"), Change.Put("notes", 2, "second"), Change.Put("tasks", "a", "third"));
        await client.PullAsync();
        var page = (string)(await client.GetAsync("snapshot?limit=1&stores=notes"))["nextPage"]!;
        string[] sound =
        [
            "",
            $"changes?since={client.Cursor}&limit=10&stores=notes,tasks&schemaVersion=1&wait=0",
            $"snapshot?limit=1&stores=notes&page={page}",
            "records/notes/1",
            "records/notes/%5B%22b%22,2%5D",
            "records/notes/aSb-Dc000000000000000-",
            $"batches/{client.ClientId}/batch-1",
        ];

        Assert.NotNull(page);
        for (var i = 0; i < Mutator.Cases; i++)
        {
            var address = $"/api/v1/datasets/{client.Dataset}/" + mutator.SpoilAddress(sound[i % sound.Length]);
            using var connection = await RawConnection.OpenAsync(fixture.Stack);
            await connection.GetAsync(address);
            var status = await connection.ReadStatusAsync();

            Assert.True(status is (>= 200 and < 500), $"Seed {Mutator.Seed}, case {i}: GET {address} gives {status}");
        }

        Assert.Equal([4L], (await client.PushAsync(Change.Put("notes", 3, "last"))).Revs);
    }
}
