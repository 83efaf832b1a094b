using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Myriad.Scheduler;
using MyriadSync.UnitTests.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.Scheduler;

public sealed class MyriadSchedulerClientTests
{
    private static readonly FakeAnswer State = new(
        200,
        """{"pendingTasks":["hbaserest.hbaserest.3da290c4"],"stagingTasks":["nm.small.1","nm.small.2"],"activeTasks":["nm.small.3","nm.small.4","nm.small.5"],"killableTasks":[]}""",
        "application/json");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task CheckAsync_NoneConfigured_SaysSoAndAsksNobody()
    {
        using var gateway = new FakeGateway(_ => State);

        var health = await Check(gateway, endpoints: 0);

        Assert.Equal(SchedulerStatus.NotConfigured, health.Status);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task CheckAsync_OneAnswers_CountsItsTasks()
    {
        using var gateway = new FakeGateway(_ => State);

        var health = await Check(gateway, endpoints: 2);

        Assert.Equal(new SchedulerHealth { Status = SchedulerStatus.Answering, Pending = 1, Staging = 2, Active = 3 }, health);
        Assert.Equal("/api/state", gateway.Requests.Single().Path);
        Assert.Equal("*/*", $"{gateway.Requests.Single().Message.Headers.Accept}");
    }

    [Fact]
    public async Task CheckAsync_StandbyRefusesConnections_AsksTheNext()
    {
        using var gateway = new FakeGateway(request => request.Host == "rm0:8192" ? FakeAnswer.Refused : State);

        var health = await Check(gateway, endpoints: 2);

        Assert.Equal(SchedulerStatus.Answering, health.Status);
        Assert.Equal(["rm0:8192", "rm1:8192"], gateway.Requests.Select(request => request.Host));
    }

    [Theory]
    [InlineData(500, "", "HTTP 500")]
    [InlineData(200, "<html>", "an answer that is no scheduler's state")]
    [InlineData(200, "[]", "an answer that is no scheduler's state")]
    [InlineData(200, """{"pendingTasks":[]}""", "an answer that is no scheduler's state")]
    [InlineData(200, """{"pendingTasks":1,"stagingTasks":1,"activeTasks":1,"killableTasks":1}""", "an answer that is no scheduler's state")]
    public async Task CheckAsync_NoneAnswersAsASchedulerDoes_IsUnavailable(int status, string body, string reason)
    {
        using var gateway = new FakeGateway(_ => new(status, body));

        var health = await Check(gateway, endpoints: 2);

        Assert.Equal((SchedulerStatus.Unavailable, reason), (health.Status, health.Reason));
        Assert.Equal(2, gateway.Requests.Count);
    }

    [Fact]
    public async Task CheckAsync_NoAnswerInTime_IsUnavailable()
    {
        using var gateway = new FakeGateway(_ => FakeAnswer.Hangs);

        var checking = Check(gateway, endpoints: 1);
        await gateway.Hung.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        var health = await checking;

        Assert.Equal((SchedulerStatus.Unavailable, "no answer in time"), (health.Status, health.Reason));
    }

    private async Task<SchedulerHealth> Check(FakeGateway gateway, int endpoints)
    {
        var options = new SchedulerOptions();
        for (var i = 0; i < endpoints; i++)
            options.Endpoints.Add(new($"http://rm{i}:8192"));
        using var client = new MyriadSchedulerClient(gateway, options, _time, NullLogger<MyriadSchedulerClient>.Instance);
        return await client.CheckAsync(TestContext.Current.CancellationToken);
    }
}
