using System.Buffers.Text;
using System.Net;
using System.Text;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>Row keys that are no text, named in base64url as gateways from 2.6 on take them.</summary>
public abstract class BinaryKeyTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    // The row's name keeps tests apart; what follows it is neither UTF-8 nor anything that a path could hold.
    private byte[] First => [.. Encoding.UTF8.GetBytes(Row), 0xFF, 0x00, 0x2F, 0xFE];

    private byte[] Second => [.. Encoding.UTF8.GetBytes(Row), 0xFF, 0x01];

    [Fact]
    public async Task MultiGet_InBase64_FindsTheRows()
    {
        await PutAsync(First, Second);

        var both = await Client.GetAsync($"/{Table}/multiget?e=b64&row={Url(First)}&row={Url(Second)}");
        var padded = await Client.GetAsync($"/{Table}/multiget?e=b64&row={Url(First)}{new string('=', (4 - (Url(First).Length % 4)) % 4)}");
        var column = await Client.GetAsync($"/{Table}/multiget/d:b?e=b64&row={Url(First)}");
        var none = await Client.GetAsync($"/{Table}/multiget?e=b64&row={Url([.. First, 1])}");

        Assert.Equal([("d:a", 5L), ("d:b", 5L), ("d:a", 5L), ("d:b", 5L)], both.Expect(HttpStatusCode.OK).Cells.Select(cell => (cell.Column, cell.Timestamp)));
        Assert.Equal(2, padded.Expect(HttpStatusCode.OK).Cells.Count);
        Assert.Equal("d:b", Assert.Single(column.Expect(HttpStatusCode.OK).Cells).Column);
        none.Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("multiget?e=b64&row=!!!")]
    public async Task MultiGet_InNoBase64_Fails(string query) => (await Client.GetAsync($"/{Table}/{query}")).Expect(HttpStatusCode.InternalServerError);

    [Fact]
    public async Task Delete_InBase64_TakesColumnsInBase64Too()
    {
        await PutAsync(First, Second);

        var deleted = await Client.DeleteAsync($"/{Table}/{Url(First)}/{Url("d:a"u8)},{Url("d:none"u8)}/5?e=b64");
        var bad = await Client.DeleteAsync($"/{Table}/{Url(First)}/!!/5?e=b64");
        var left = await Client.GetAsync($"/{Table}/multiget?e=b64&row={Url(First)}&row={Url(Second)}");

        deleted.Expect(HttpStatusCode.OK);
        bad.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal(["d:b", "d:a", "d:b"], left.Expect(HttpStatusCode.OK).Cells.Select(cell => cell.Column));
    }

    [Fact]
    public async Task Scanner_FromABinaryKey_BeginsThere()
    {
        await PutAsync(First, Second);
        var made = await Client.PostAsync(
            $"/{Table}/scanner", $$"""{"batch":10,"maxVersions":1,"startRow":"{{Convert.ToBase64String([.. First, 0])}}","endRow":"{{Convert.ToBase64String([.. Second, 0])}}"}""");
        var scanner = made.Expect(HttpStatusCode.Created).Message.Headers.Location!.AbsolutePath;

        var page = await Client.GetAsync(scanner);

        Assert.Equal(["d:a", "d:b"], page.Expect(HttpStatusCode.OK).Cells.Select(cell => cell.Column));
        (await Client.GetAsync(scanner)).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Scanner_WithoutMaxVersions_ShowsAll()
    {
        await base.PutAsync((Row, "d:a", 5, "1"), (Row, "d:a", 6, "2"));
        var made = await Client.PostAsync($"/{Table}/scanner", $$"""{"batch":10,"startRow":"{{Json.Base64(Row)}}","endRow":"{{Json.Base64(Row + "z")}}"}""");

        var page = await Client.GetAsync(made.Expect(HttpStatusCode.Created).Message.Headers.Location!.AbsolutePath);

        Assert.Equal($"{Row} d:a@6=2 | {Row} d:a@5=1", page.Expect(HttpStatusCode.OK).Text);
    }

    private async Task PutAsync(params byte[][] rows)
    {
        var cells = string.Join(',', new[] { "d:a", "d:b" }.Select(column => $$"""{"column":"{{Json.Base64(column)}}","timestamp":5,"$":"MQ=="}"""));
        var body = string.Join(',', rows.Select(row => $$"""{"key":"{{Convert.ToBase64String(row)}}","Cell":[{{cells}}]}"""));
        (await Client.PutAsync($"/{Table}/x", $$"""{"Row":[{{body}}]}""")).Expect(HttpStatusCode.OK);
    }

    private static string Url(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
