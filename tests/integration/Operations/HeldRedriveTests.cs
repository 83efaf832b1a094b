using System.Text.RegularExpressions;
using MyriadSync.MyriadEmulator.Faults;
using static MyriadSync.IntegrationTests.Operations.PoisonStack;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>Records that the cluster refuses, by their puts or by their deletes.</summary>
public sealed class HeldRedriveTests(StackFixture fixture) : IClassFixture<StackFixture>, IDisposable
{
    private const string Store = "todos";

    public void Dispose() => fixture.Stack.Emulator!.Faults.Reset();

    [Fact]
    public async Task Redrive_RefusedAgain_IsTheSameEntryWithOneMoreAttempt()
    {
        using var ada = new DatasetClient(fixture.Stack, "held-again", "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk"}"""));
        RefusePuts("held-again", "a");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"bread"}""", on: 1));
        var id = await HeldIdAsync(ada);

        var redriven = await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Equal((200, "open", 2, 3), (redriven.Status, redriven.Text("state"), redriven.Number("attempts"), redriven.Number("heldRev")));
        Assert.Equal([id], Ids(await ada.GetAsync("/poison")));
        Assert.Equal("""{"title":"bread"}""", (await ada.RecordAsync(Store, "a")).Json.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Redrive_TakenNow_WritesTheRowAndClosesTheEntry()
    {
        using var ada = new DatasetClient(fixture.Stack, "held-taken", "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk"}"""));
        RefusePuts("held-taken", "a");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"bread"}""", on: 1));
        var id = await HeldIdAsync(ada);
        fixture.Stack.Emulator!.Faults.Reset();

        var redriven = await ada.PostAsync($"/poison/{id}/redrive");
        var again = await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Equal((200, "redriven", "ada"), (redriven.Status, redriven.Text("state"), redriven.Json.GetProperty("settled").GetProperty("by").GetString()));
        Assert.Equal(redriven.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal("d:title=\"bread\"", ClusterRows.Fields(fixture.Stack, "held-taken", Store, "a"));
        Assert.Equal("", (await ada.RecordAsync(Store, "a")).Text("held"));
        var last = (await ada.PullAllAsync())[^1];
        Assert.Equal((3, id, "ada"), (last.GetProperty("rev").GetInt64(), last.GetProperty("cause").GetString(), last.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Discard_HeldRecord_KeepsItInTheLogAndCanBeRedrivenAfterAll()
    {
        using var ada = new DatasetClient(fixture.Stack, "held-discard", "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk"}"""));
        RefusePuts("held-discard", "a");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"bread"}""", on: 1));
        var id = await HeldIdAsync(ada);

        var discarded = await ada.PostAsync($"/poison/{id}/discard", Body("""{"reason":"known"}"""));
        var snapshot = await ada.SnapshotAsync();
        fixture.Stack.Emulator!.Faults.Reset();
        var redriven = await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Equal("discarded", discarded.Text("state"));
        Assert.Equal(["a 2 {\"title\":\"bread\"}"], snapshot.Records);
        Assert.Equal(200, redriven.Status);
        Assert.Equal("d:title=\"bread\"", ClusterRows.Fields(fixture.Stack, "held-discard", Store, "a"));
    }

    [Fact]
    public async Task Edit_TakenAgain_ClosesTheEntryByItself()
    {
        using var ada = new DatasetClient(fixture.Stack, "held-edit", "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk"}"""));
        RefusePuts("held-edit", "a");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"bread"}""", on: 1));
        var id = await HeldIdAsync(ada);
        fixture.Stack.Emulator!.Faults.Reset();

        await ada.PushAsync(ada.Put(Store, "a", """{"title":"cheese"}""", on: 2));

        await Eventually.TrueAsync("the entry is closed", async () => (await ada.GetAsync($"/poison/{id}")).Text("state") == "redriven", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Apply_DeleteOfAColumnRefused_HoldsTheRecordAndOwesTheDelete()
    {
        using var ada = new DatasetClient(fixture.Stack, "held-column", "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk","due":"mon"}"""));
        RefuseDeletes("held-column", "a");
        await ada.PushAsync(ada.Patch(Store, "a", """{"unset":["/due"]}""", on: 1));
        var id = await HeldIdAsync(ada);
        fixture.Stack.Emulator!.Faults.Reset();

        var redriven = await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Equal("redriven", redriven.Text("state"));
        Assert.Equal("d:title=\"milk\"", ClusterRows.Fields(fixture.Stack, "held-column", Store, "a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_DeleteOfARecordRefused_IsOwedUntilTheClusterTakesIt(bool putAnew)
    {
        var dataset = putAnew ? "held-delete-put" : "held-delete";
        using var ada = new DatasetClient(fixture.Stack, dataset, "ada");
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk","due":"mon"}"""));
        RefuseDeletes(dataset, "a");
        await ada.PushAsync(ada.Delete(Store, "a", on: 1));
        var id = await HeldIdAsync(ada);
        var whileHeld = await ada.SnapshotAsync();
        fixture.Stack.Emulator!.Faults.Reset();

        if (putAnew)
            await ada.PushAsync(ada.Put(Store, "a", """{"title":"bread"}""", on: 2));
        else
            await ada.PostAsync($"/poison/{id}/redrive");

        Assert.Empty(whileHeld.Records);
        Assert.Equal(putAnew ? "d:title=\"bread\"" : "", ClusterRows.Fields(fixture.Stack, dataset, Store, "a"));
        Assert.Equal(putAnew ? ["a 3 {\"title\":\"bread\"}"] : Array.Empty<string>(), (await ada.SnapshotAsync()).Records);
        var edit = await ada.PushAsync(ada.Put(Store, "a", """{"title":"cheese"}""", on: 3));
        Assert.Equal(["applied 4"], edit.Outcomes);
    }

    private void RefusePuts(string dataset, string key) =>
        fixture.Stack.Emulator!.Faults.Current = new FaultSet { RefusedRows = [$"^{Regex.Escape(Keys.Row(dataset, key, Store))}$"] };

    private void RefuseDeletes(string dataset, string key) => fixture.Stack.Emulator!.Faults.Current = new FaultSet
    {
        Rules = [new FaultRule { Action = FaultAction.Answer, Method = "DELETE", Path = Regex.Escape(Keys.Row(dataset, key, Store)), Status = 400, Body = "Bad request\r\n" }],
    };

    private static async Task<string> HeldIdAsync(DatasetClient client)
    {
        await Eventually.TrueAsync("the held record is recorded", async () => Ids(await client.GetAsync("/poison?kind=held")).Count == 1, TimeSpan.FromSeconds(60));
        return Ids(await client.GetAsync("/poison?kind=held"))[0];
    }
}
