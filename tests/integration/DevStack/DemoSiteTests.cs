using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Demo;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class DemoSiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Answer_WhileItIsBuilt_SaysSoAndAsksAgain()
    {
        var site = new DemoSite(new TaskCompletionSource<string>().Task);

        var (response, body) = await AnswerAsync(site, "");

        Assert.Equal((503, "building"), (response.StatusCode, site.State));
        Assert.Contains("http-equiv=\"refresh\"", body, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl);
    }

    [Fact]
    public async Task Answer_BuildFailed_ShowsWhyAsText()
    {
        var site = new DemoSite(Task.FromException<string>(new LocalStackException("Found Node.js <12>.")));

        var (response, body) = await AnswerAsync(site, "");

        Assert.Equal((503, "failed"), (response.StatusCode, site.State));
        Assert.Contains("Found Node.js &lt;12&gt;.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "first page", "text/html; charset=utf-8", "no-cache")]
    [InlineData("assets/a-1.js", "script", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable")]
    public async Task Answer_FileOfThePages_IsSentWithTypePolicyAndAge(string path, string content, string type, string age)
    {
        var site = Site();

        var (response, body) = await AnswerAsync(site, path);

        Assert.Equal((200, content, type, age), (response.StatusCode, body, response.ContentType, response.Headers.CacheControl.ToString()));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", response.Headers.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
    }

    [Theory]
    [InlineData("missing.html")]
    [InlineData("../secret.html")]
    [InlineData("assets/../../secret.html")]
    [InlineData(".built")]
    public async Task Answer_AnythingElse_IsNotFound(string path)
    {
        var site = Site();

        var (response, body) = await AnswerAsync(site, path);

        Assert.Equal((404, ""), (response.StatusCode, body));
    }

    private DemoSite Site()
    {
        var pages = Path.Combine(_folder.Path, "pages");
        Directory.CreateDirectory(Path.Combine(pages, "assets"));
        File.WriteAllText(Path.Combine(pages, "index.html"), "first page");
        File.WriteAllText(Path.Combine(pages, "assets", "a-1.js"), "script");
        File.WriteAllText(Path.Combine(pages, ".built"), "hash");
        File.WriteAllText(Path.Combine(_folder.Path, "secret.html"), "secret");
        return new DemoSite(Task.FromResult(pages));
    }

    private async Task<(HttpResponse Response, string Body)> AnswerAsync(DemoSite site, string path)
    {
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Response.Body = new MemoryStream();
        await site.AnswerAsync(context, path);
        context.Response.Body.Position = 0;
        return (context.Response, await new StreamReader(context.Response.Body).ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
