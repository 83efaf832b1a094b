using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

/// <summary>What a real HBase does to its files behind the scenes, and no REST call can ask for.</summary>
public sealed class MaintenanceTests
{
    [Fact]
    public async Task Flush_HiddenAndSurplusVersions_AreGoneAndMarkersStay()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync([.. Enumerable.Range(1, 7).Select(i => ("r", "d:a", (long?)i, $"{i}")), ("r", "m:x", 5, "new"), ("r", "m:x", 4, "old")]);
        await emulator.Client.DeleteAsync("/t/r/d:a/4");

        emulator.Host.Flush("t");

        var cells = emulator.Host.Cells.Row("t", "r")!.Cells.Select(cell => $"{cell.Kind} {cell.Column}@{cell.Timestamp}");
        Assert.Equal(["ColumnDelete d:a@4", "Put d:a@7", "Put d:a@6", "Put d:a@5", "Put m:x@5"], cells);
    }

    [Fact]
    public async Task MajorCompact_MarkerPurged_LateOlderPutIsSeen()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.Client.DeleteAsync("/t/r/d/100");
        await emulator.PutAsync(("r", "d:a", 100, "before"));
        var masked = await emulator.ReadAsync("r");

        emulator.Host.MajorCompact("t");
        await emulator.PutAsync(("r", "d:a", 100, "after"));

        Assert.Equal("", masked);
        Assert.Equal("r d:a@100=after", await emulator.ReadAsync("r"));
    }

    [Fact]
    public async Task MajorCompact_FamilyKeepsMarkers_LateOlderPutStaysMasked()
    {
        await using var emulator = await EmulatorFixture.StartAsync(purgeAttribute: ",\"hbase.hstore.time.to.purge.deletes\":\"604800000\"");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await emulator.Client.DeleteAsync($"/t/young/d/{now - 1000}");
        await emulator.Client.DeleteAsync($"/t/old/d/{now - 700_000_000}");

        var compact = await emulator.Client.PostAsync("/_emulator/compact?table=t", "");
        await emulator.PutAsync(("young", "d:a", now - 1000, "late"), ("old", "d:a", now - 700_000_000, "late"));

        compact.Expect(HttpStatusCode.NoContent);
        Assert.Equal("", await emulator.ReadAsync("young"));
        Assert.Contains("late", await emulator.ReadAsync("old"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_EveryVersionAndMarker_AreShownWithWhatTheyHide()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync(("r", "d:a", 1, "1"), ("r", "d:a", 3, "3"), ("r", "m:x", 1, "1"));
        await emulator.Client.DeleteAsync("/t/r/d/2");
        await emulator.Client.DeleteAsync("/t/r/m:x/1");

        var row = Assert.Single(emulator.Host.Cells.Rows("t"));

        Assert.Equal("r", row.Key);
        Assert.Equal(
            ["FamilyDelete d@2 False", "Put d:a@3 False", "Put d:a@1 True", "ColumnDelete m:x@1 False", "Put m:x@1 True"],
            row.Cells.Select(cell => $"{cell.Kind} {cell.Column}@{cell.Timestamp} {cell.IsHidden}"));
    }

    [Fact]
    public async Task TimeToLive_CellPastIt_IsNotSeen()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await emulator.Client.PostAsync("/t/schema", Json.Schema(("m", "\"TTL\":\"3600\"")));
        await emulator.PutAsync(("r", "m:old", now - 3_700_000, "1"), ("r", "m:new", now - 3_500_000, "1"));

        var cells = (await emulator.Client.GetAsync("/t/r")).Cells;

        Assert.Equal("m:new", Assert.Single(cells).Column);
    }

    [Fact]
    public async Task Column_WrittenThousandsOfTimes_StaysSmall()
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        for (var part = 0; part < 20; part++)
            await emulator.PutAsync([.. Enumerable.Range(part * 100, 100).Select(i => ("r", "d:a", (long?)i, $"{i}"))]);

        var cells = emulator.Host.Cells.Row("t", "r")!.Cells;
        Assert.InRange(cells.Count, 5, 30);
        Assert.Equal(1999, cells[0].Timestamp);
    }
}
