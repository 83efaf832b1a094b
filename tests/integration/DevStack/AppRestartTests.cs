using System.Net;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class AppRestartTests(SharedAzurite azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StartApp_AfterStop_AnswersOnTheSameAddress(bool ownProcess)
    {
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { OwnProcess = ownProcess });
        using var http = new HttpClient { BaseAddress = stack.BaseAddress };

        await stack.StopAppAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("api/v1/health/live", UriKind.Relative), Cancel));
        await stack.StartAppAsync(Cancel);

        using var answer = await http.GetAsync(new Uri("api/v1/health/live", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task KillApp_OwnProcess_CanBeStartedAgain()
    {
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { OwnProcess = true });
        using var http = new HttpClient { BaseAddress = stack.BaseAddress };

        stack.KillApp();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("api/v1/health/live", UriKind.Relative), Cancel));
        await stack.StartAppAsync(Cancel);

        using var answer = await http.GetAsync(new Uri("api/v1/health/ready", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
