using System.Net;

namespace MyriadSync.ConformanceTests.Gateways;

/// <summary>What the tests of a gateway share.</summary>
public abstract class GatewayTests<TGateway>(SharedTable<TGateway> table) : IClassFixture<SharedTable<TGateway>>
    where TGateway : IGateway
{
    protected SharedTable<TGateway> Shared { get; } = table;

    protected GatewayClient Client => Shared.Client;

    protected string Table => Shared.Name;

    /// <summary>The row of this test.</summary>
    protected string Row { get; } = table.NewRow();

    protected async Task PutAsync(params (string Row, string Column, long? Timestamp, string Value)[] cells) =>
        (await Client.PutAsync($"/{Table}/x", Json.Rows(cells))).Expect(HttpStatusCode.OK);

    protected async Task DeleteAsync(string rest) => (await Client.DeleteAsync($"/{Table}/{rest}")).Expect(HttpStatusCode.OK);

    /// <summary>What a read of this test's row shows, as <c>column@timestamp=value</c>; empty if there is none.</summary>
    protected async Task<string> ReadAsync(string rest = "", string? row = null)
    {
        var reply = await Client.GetAsync($"/{Table}/{row ?? Row}{rest}");
        if (reply.Status == HttpStatusCode.NotFound)
            return "";
        return string.Join(" | ", reply.Expect(HttpStatusCode.OK).Cells.Select(cell => $"{cell.Column}@{cell.Timestamp}={cell.Value}"));
    }
}
