using System.Net;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

public sealed class AdminTests
{
    [Fact]
    public async Task Faults_SetOverHttp_AreInEffectUntilCleared()
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        var set = await emulator.Client.PutAsync("/_emulator/faults", """{"clockSkewMs":5,"rules":[{"action":"answer","side":"hBase","method":"GET","path":"^/version","status":504,"times":1}]}""");
        var told = await emulator.Scheduler.GetAsync("/_emulator/faults");
        var hit = await emulator.Client.GetAsync("/version");
        var cleared = await emulator.Client.DeleteAsync("/_emulator/faults");

        set.Expect(HttpStatusCode.NoContent);
        Assert.Equal(5, told.Expect(HttpStatusCode.OK).Json.GetProperty("clockSkewMs").GetInt64());
        hit.Expect(HttpStatusCode.GatewayTimeout);
        cleared.Expect(HttpStatusCode.NoContent);
        (await emulator.Client.GetAsync("/version")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Faults_Unreachable_CanStillBeCleared()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.Client.PutAsync("/_emulator/faults", """{"hBaseUnreachable":true}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.GetAsync("/version"));
        var cleared = await emulator.Client.DeleteAsync("/_emulator/faults");

        cleared.Expect(HttpStatusCode.NoContent);
        (await emulator.Client.GetAsync("/version")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"latency":5}""")]
    [InlineData("""{"rules":[{"action":"explode"}]}""")]
    [InlineData("""{"refusedRows":["["]}""")]
    [InlineData("{")]
    public async Task Faults_Misspelt_AreRefusedAndChangeNothing(string body)
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        var reply = await emulator.Client.PutAsync("/_emulator/faults", body);

        reply.Expect(HttpStatusCode.BadRequest);
        Assert.NotEmpty(reply.Body);
        Assert.Empty(emulator.Host.Faults.Current.Rules);
    }

    [Theory]
    [InlineData("GET", "/t/r", "text/xml")]
    [InlineData("GET", "/t/multiget?row=r", null)]
    [InlineData("GET", "/t/a,b", "application/json")]
    [InlineData("GET", "/t/*?filter=RowFilter(=,'binary:x')", "application/json")]
    public async Task CornerNotEmulated_Asked_Says501(string method, string path, string? accept)
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        var reply = await emulator.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), emulator.Client.Url(path)), accept);

        reply.Expect(HttpStatusCode.NotImplemented);
        Assert.Contains("The Myriad emulator does not have", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_ReadWithoutAccept_Answers400AsAGatewayMay()
    {
        await using var emulator = await EmulatorFixture.StartAsync();
        await emulator.PutAsync(("r", "d:a", 1, "1"));

        var reply = await emulator.Client.GetAsync("/t/r", accept: null);

        reply.Expect(HttpStatusCode.BadRequest);
    }
}
