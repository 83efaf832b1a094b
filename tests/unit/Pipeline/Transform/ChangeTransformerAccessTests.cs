using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.UnitTests.Pipeline.Transform;

public class ChangeTransformerAccessTests
{
    private static readonly StoreDefinition[] Stores = [new() { Name = "open" }, new() { Name = "staffed", Access = new StoreAccess { Write = ["staff"] } }];

    [Theory]
    [InlineData("", false, null, "access", "unknown-store")]
    [InlineData("staff", false, null, null, "unknown-store")]
    [InlineData("staff", true, null, null, null)]
    [InlineData(null, true, null, null, null)]
    public void Transform_Change_IsRefusedWhereTheStoreIsNotForIt(string? roles, bool allowUndeclared, string? open, string? staffed, string? other)
    {
        var catalog = new StoreCatalog(Stores, Options.Create(new StoreOptions { AllowUndeclared = allowUndeclared }));
        var transformer = new ChangeTransformer(catalog, new StoreMigrator(catalog, new StoreOptions(), []));

        var batch = transformer.Transform("d", Batch("open", "staffed", "other"), roles?.Split(' '));

        Assert.Equal([open, staffed, other], batch.Changes.Select(change => change.Refusal?.Reason));
        Assert.All(batch.Changes.Where(change => change.Refusal is not null), change => Assert.Equal($"/changes/{change.Seq - 1}/store", change.Refusal!.Pointer));
    }

    private static Batch Batch(params string[] stores) => new()
    {
        SchemaVersion = 1,
        ClientId = "c1",
        BatchId = "b1",
        BodyHash = "",
        Changes = [.. stores.Select((store, i) => new Change { Seq = i + 1, Digest = default, Store = store, Key = RecordKey.TryDecode("Sk", out var key) ? key : default, Op = ChangeOp.Delete })],
    };
}
