using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.UnitTests.Pipeline.Resolve;
using MyriadSync.UnitTests.Pipeline.Resolve.Laws;

namespace MyriadSync.UnitTests.Issues;

/// <summary>
/// A client deleted a record and made it anew in two steps, in two batches; the first step was refused. The second was answered <c>applied</c>, as if a client
/// that names no base held nothing, and the client went on with a field that the record does not have.
/// </summary>
public sealed class CreationAfterRefusalTests
{
    [Fact]
    public void Push_PatchOverTheOwnTombstoneAfterARefusedOne_GetsTheRecordBack()
    {
        var server = new LawServer(ConflictPolicy.Custom);
        var (other, client) = (new LawClient("other", server), new LawClient("client", server));
        other.Edit(Build.Put("""{"a":1}"""));
        other.Push(1);

        // The sizes of the values decide: refused, taken, refused, and on its own again.
        client.Edit(Build.Put("""{"n":123}"""));
        client.Edit(Build.Delete());
        client.Edit(Build.Set("/obj", """{"note":1010}"""));
        client.Edit(Build.Inc("/obj/hits", 2));
        client.Push(3);
        client.Push(1);

        var record = server.Of(new RecordId("s", Build.Key("k")));
        Assert.Equal("""{"obj":{"hits":2}}""", Build.Json(record));
        Assert.Equal(record.Value, client.Local(Build.Key("k")));
    }
}
