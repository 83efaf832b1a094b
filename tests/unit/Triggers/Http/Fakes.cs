using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;
using MyriadSync.Security;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

internal static class Fakes
{
    public const string Epoch = "0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    public static IOptions<SyncLimits> Limits { get; } = Options.Create(new SyncLimits());

    /// <summary>Every store is open, but for store <c>secret</c>, which asks for role <c>staff</c>.</summary>
    public static StoreGate Gate { get; } = new(new StoreCatalog(
        [new StoreDefinition { Name = "secret", Access = new StoreAccess { Read = ["staff"], Write = ["staff"] } }],
        Options.Create(new StoreOptions { AllowUndeclared = true })));

    /// <summary>Schema versions 2 and 3 are served.</summary>
    public static StoreMigrator Versions { get; } = new(
        new StoreCatalog([], Options.Create(new StoreOptions())), new StoreOptions { SchemaVersion = 3, OldestSchemaVersion = 2 }, []);

    public static SchemaGate Schemas { get; } = new(Versions);

    /// <summary>A request by a caller who may read and write everything.</summary>
    public static DefaultHttpContext Get(string query = "", Role roles = Role.Read | Role.Write, string datasets = "*", params IReadOnlyList<string> roleNames)
    {
        var context = HttpFixture.Context();
        context.Request.QueryString = new QueryString(query);
        context.SetCaller(new Caller { Sub = "ada", Roles = roles, RoleNames = roleNames, Datasets = new DatasetAccess([datasets]) });
        return context;
    }

    public static RecordKey Key(string json)
    {
        Assert.True(KeyParameter.TryParse(json, out var key));
        return key;
    }
}

internal sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}

/// <summary>Gives prepared pages, one a read, and notes what it was asked.</summary>
internal sealed class FakeFeed : IChangeFeed
{
    public Queue<FeedPage> Pages { get; } = new();

    public List<(string Dataset, Cursor? Since, int Limit, ReadScope Scope)> Reads { get; } = [];

    public List<(Cursor Since, TimeSpan AtMost)> Waits { get; } = [];

    public Action OnRead { get; set; } = () => { };

    public Func<CancellationToken, Task> OnWait { get; set; } = _ => Task.CompletedTask;

    public Task<FeedPage> ReadAsync(string dataset, Cursor? since, int limit, ReadScope scope, CancellationToken cancellationToken)
    {
        OnRead();
        Reads.Add((dataset, since, limit, scope));
        return Task.FromResult(Pages.Dequeue());
    }

    public Task WaitAsync(string dataset, Cursor since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Waits.Add((since, atMost));
        return OnWait(cancellationToken);
    }
}

internal sealed class FakeSnapshots(SnapshotPage page) : ISnapshotReader
{
    public (ReadScope? Scope, string? Page, int Limit) Asked { get; private set; }

    public Task<SnapshotPage> ReadAsync(string dataset, ReadScope scope, string? token, int limit, CancellationToken cancellationToken)
    {
        Asked = (scope, token, limit);
        return Task.FromResult(page);
    }
}

internal sealed class FakeRecords(RecordView? view) : IRecordReader
{
    public RecordId Asked { get; private set; }

    public Task<RecordView?> ReadAsync(string dataset, RecordId id, CancellationToken cancellationToken)
    {
        Asked = id;
        return Task.FromResult(view);
    }
}

internal sealed class FakeDatasets(DatasetState state) : IDatasetReader
{
    public Task<DatasetState> ReadAsync(string dataset, CancellationToken cancellationToken) => Task.FromResult(state);
}
