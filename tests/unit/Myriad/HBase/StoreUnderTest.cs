using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>The store on made-up gateways, with a clock that stands still.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    public const string Table = "ns:t";

    public static readonly IReadOnlySet<string> None = new HashSet<string>();

    private readonly HBaseRecordStore _store;

    public StoreUnderTest(
        Func<FakeRequest, FakeAnswer> answer,
        int endpoints = 1,
        Action<HBaseOptions>? configure = null,
        Dictionary<string, TableNeeds>? others = null,
        FakeTimeProvider? time = null)
    {
        Time = time ?? new();
        var options = new HBaseOptions();
        for (var i = 0; i < endpoints; i++)
            options.Endpoints.Add(new Uri($"http://gateway{i}:8080/"));
        configure?.Invoke(options);
        Gateway = new(answer);
        _store = new(Gateway, options, Time, NullLogger<HBaseRecordStore>.Instance, others: others is null ? null : new OtherTables(others));
    }

    public FakeGateway Gateway { get; }

    public FakeTimeProvider Time { get; }

    public IRecordStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        Gateway.Dispose();
    }

    public Task<ReadAnswer> ReadAsync(params string[] keys) => Store.ReadAsync(Table, keys, None, TestContext.Current.CancellationToken);

    public Task<ReadAnswer> ReadExpectingAsync(params string[] keys) => Store.ReadAsync(Table, keys, keys.ToHashSet(), TestContext.Current.CancellationToken);

    public Task<WriteAnswer> PutAsync(params string[] keys) => Store.WriteAsync(Table, [.. keys.Select(Put)], [], TestContext.Current.CancellationToken);

    public Task<WriteAnswer> DeleteAsync(params string[] keys) =>
        Store.WriteAsync(Table, [], [.. keys.Select(key => new RowDelete(key, ["d:a"], 5))], TestContext.Current.CancellationToken);

    /// <summary>Lets the clock run until an answer would come too late.</summary>
    public async Task<T> TimeOutAsync<T>(Task<T> operation)
    {
        await Task.WhenAny(Gateway.Hung, operation);
        Time.Advance(TimeSpan.FromSeconds(5));
        return await operation.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    public static RowPut Put(string key) => new(key, [new("d:a", 5, "x"u8.ToArray())]);
}
