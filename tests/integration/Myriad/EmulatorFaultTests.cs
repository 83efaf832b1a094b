using MyriadSync.Myriad;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>The record store while its gateway lies, loses answers or has lost its cluster.</summary>
public sealed class EmulatorFaultTests(EmulatorHost host) : IClassFixture<EmulatorHost>, IDisposable
{
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    // A store of its own with a short time-out: what it learns of the gateway concerns no other test.
    private readonly IRecordStore _store = host.NewStore(("Timeout", "00:00:00.500"));
    private readonly string _key = host.NewPrefix() + "a";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => host.Faults.Reset();

    [Theory]
    [InlineData(100)]
    [InlineData(900)]
    public async Task AnyOperation_ClusterDownBehindTheGateway_IsUnavailableAndNeverAnAbsence(int answersAfterMs)
    {
        await WriteAsync(_key, 5);
        host.Faults.Current = new() { ClusterDownAfterMs = answersAfterMs };

        var read = await _store.ReadAsync(host.Table, [_key], None, Cancellation);
        var expecting = await _store.ReadAsync(host.Table, [_key], new HashSet<string> { _key }, Cancellation);
        var scan = await _store.ScanAsync(host.Table, _key, "", 10, Cancellation);
        var write = await _store.WriteAsync(host.Table, [new(_key, [new("d:a", 6, "x"u8.ToArray())])], [], Cancellation);
        var health = await _store.CheckAsync(Cancellation);
        host.Faults.Reset();
        var after = await _store.ReadAsync(host.Table, [_key], None, Cancellation);

        Assert.All([read.Fault, expecting.Fault, scan.Fault, write.Fault, health.Fault], fault => Assert.Equal(StoreFault.Unavailable, fault));
        Assert.Single(after.Rows);
    }

    [Theory]
    [InlineData(0, false, StoreFault.None)]
    [InlineData(300, false, StoreFault.None)]
    [InlineData(1500, true, StoreFault.Unavailable)]
    public async Task ReadAsync_MultigetSaysFalselyThatNoRowIsThere_IsNotBelieved(int delayMs, bool late, StoreFault expected)
    {
        await WriteAsync(_key, 5);
        host.Faults.Add(new() { Action = FaultAction.Delay, Path = "/multiget", DelayMs = delayMs });
        host.Faults.Add(new() { Action = FaultAction.Answer, Path = "/multiget", Status = 404, Body = "No rows found.\r\n" });

        var read = await _store.ReadAsync(host.Table, [_key], new HashSet<string> { _key }, Cancellation);

        Assert.Equal(expected, read.Fault);
        Assert.Equal(late ? 0 : 1, read.Rows.Count);
    }

    [Fact]
    public async Task WriteAsync_ClusterRefusesSomeRows_StoresTheOthers()
    {
        var prefix = host.NewPrefix();
        host.Faults.Current = new() { RefusedRows = [$"^{prefix}0(17|42)$"] };
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"{prefix}{i:D3}")];

        var written = await _store.WriteAsync(host.Table, [.. keys.Select(key => new RowPut(key, [new("d:a", 5, "x"u8.ToArray())]))], [], Cancellation);
        var read = await _store.ReadAsync(host.Table, keys, None, Cancellation);

        Assert.Equal(StoreFault.None, written.Fault);
        Assert.Equal([prefix + "017", prefix + "042"], written.Refused.Select(row => row.Key).Order());
        Assert.Equal(98, read.Rows.Count);
    }

    [Fact]
    public async Task WriteAsync_AnswerIsLost_IsUnavailableAndRepeatingItIsHarmless()
    {
        await _store.EnsureTableAsync(host.Table, Cancellation);
        host.Faults.Add(new() { Action = FaultAction.DropReply, Method = "PUT" });

        var lost = await WriteAsync(_key, 5);
        host.Faults.Reset();
        var repeated = await WriteAsync(_key, 5);
        var read = await _store.ReadAsync(host.Table, [_key], None, Cancellation);

        Assert.Equal((StoreFault.Unavailable, StoreFault.None), (lost.Fault, repeated.Fault));
        Assert.Equal(5, read.Rows[_key].Cells.Single().Timestamp);
    }

    [Fact]
    public async Task AnyOperation_GatewayResetsConnections_IsUnavailableAndBackWithIt()
    {
        host.Faults.Current = new() { HBaseUnreachable = true };

        var during = await WriteAsync(_key, 5);
        host.Faults.Reset();
        var after = await WriteAsync(_key, 5);

        Assert.Equal((StoreFault.Unavailable, StoreFault.None), (during.Fault, after.Fault));
    }

    private Task<WriteAnswer> WriteAsync(string key, long timestamp) =>
        _store.WriteAsync(host.Table, [new(key, [new("d:a", timestamp, "x"u8.ToArray())])], [], Cancellation);
}
