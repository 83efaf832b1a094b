using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.Myriad.Scheduler;
using MyriadSync.UnitTests.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.Scheduler;

public sealed class SetInstancesTests
{
    private const string LimitText = "Current number of active, staging, pending instances and requested: 3, while it is greater then max instances allowed: 2";

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _active = ["nm.small.1", "nm.small.2", "hbaserest.hbaserest.1"];
    private string _services = """{"hbaserest":{"maxInstances":{"present":true}},"hbase.rest":{},"hbase.thrift":{},"nm":{},"small":{}}""";
    private readonly string _profiles = """{"small":{"cpu":"2","mem":"2048"}}""";

    [Theory]
    [InlineData(ClusterPart.Profile, "small", 5, "/api/cluster/flexup", """{"instances":3,"profile":"small"}""")]
    [InlineData(ClusterPart.Profile, "small", 0, "/api/cluster/flexdown", """{"instances":2,"profile":"small"}""")]
    [InlineData(ClusterPart.Service, "hbaserest", 2, "/api/cluster/flexupservice", """{"instances":1,"serviceName":"hbaserest"}""")]
    [InlineData(ClusterPart.Service, "hbaserest", 0, "/api/cluster/flexdownservice", """{"instances":1,"serviceName":"hbaserest"}""")]
    public async Task SetInstances_Differs_FlexesByTheDifference(ClusterPart kind, string name, int instances, string path, string body)
    {
        _services = """{"hbaserest":{}}""";
        using var gateway = new FakeGateway(Answer(_ => new FakeAnswer(202)));

        var answer = await SetAsync(gateway, kind, name, instances);

        Assert.Equal(FlexVerdict.Requested, answer.Verdict);
        Assert.Null(answer.Message);
        var put = Assert.Single(gateway.Requests, request => request.Method == HttpMethod.Put);
        Assert.Equal((path, body), (put.Path, put.Body));
        Assert.Equal("application/json; charset=utf-8", $"{put.Message.Content!.Headers.ContentType}");
        Assert.Equal("*/*", $"{put.Message.Headers.Accept}");
    }

    [Fact]
    public async Task SetInstances_AsManyAsWanted_SendsNothing()
    {
        using var gateway = new FakeGateway(Answer(_ => throw new InvalidOperationException("Nothing is to be flexed.")));

        var answer = await SetAsync(gateway, ClusterPart.Service, "hbaserest", 1);

        Assert.Equal((FlexVerdict.Unchanged, 1), (answer.Verdict, answer.Before));
    }

    [Fact]
    public async Task SetInstances_AcceptedWithText_IsAWarning()
    {
        _services = "{}";
        using var gateway = new FakeGateway(Answer(_ => new FakeAnswer(202, "Only 1 Node Managers will be flexed down.\r\nmore")));

        var answer = await SetAsync(gateway, ClusterPart.Profile, "small", 0);

        Assert.Equal((FlexVerdict.Requested, "Only 1 Node Managers will be flexed down."), (answer.Verdict, answer.Message));
    }

    [Fact]
    public async Task SetInstances_BoundedService_IsAtItsLimit()
    {
        using var gateway = new FakeGateway(Answer(_ => new FakeAnswer(400, LimitText)));

        var answer = await SetAsync(gateway, ClusterPart.Service, "hbaserest", 3);

        Assert.Equal((FlexVerdict.AtLimit, 2, 1), (answer.Verdict, answer.Limit, answer.Before));
    }

    [Theory]
    [InlineData(ClusterPart.Service, "hbasrest", "hbaserest")]
    [InlineData(ClusterPart.Profile, "huge", "small")]
    public async Task SetInstances_NameNotDeclared_NamesTheDeclaredOnes(ClusterPart kind, string name, string declared)
    {
        using var gateway = new FakeGateway(Answer(_ => throw new InvalidOperationException("Nothing is to be flexed.")));

        var answer = await SetAsync(gateway, kind, name, 3);

        Assert.Equal(FlexVerdict.UnknownName, answer.Verdict);
        Assert.Contains(declared, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusterPart.Service, "hbase.rest", 0)]
    [InlineData(ClusterPart.Service, "nm", 1)]
    [InlineData(ClusterPart.Profile, "small", 0)]
    public async Task SetInstances_WouldHitOthers_IsRefusedUnsent(ClusterPart kind, string name, int instances)
    {
        _active.Add("hbase.rest.hbase.rest.7");
        using var gateway = new FakeGateway(Answer(_ => throw new InvalidOperationException("Nothing is to be flexed.")));

        var answer = await SetAsync(gateway, kind, name, instances);

        Assert.Equal(FlexVerdict.Refused, answer.Verdict);
    }

    [Fact]
    public async Task SetInstances_ServiceWithADot_IsFlexedDownByWhatStandsBeforeIt()
    {
        _services = """{"hbase.rest":{}}""";
        _active.Add("hbase.rest.hbase.rest.9");
        using var gateway = new FakeGateway(Answer(_ => new FakeAnswer(202)));

        await SetAsync(gateway, ClusterPart.Service, "hbase.rest", 0);

        Assert.Equal("""{"instances":1,"serviceName":"hbase"}""", gateway.Requests.Single(request => request.Method == HttpMethod.Put).Body);
    }

    [Fact]
    public async Task SetInstances_NoAnswer_IsNotSentAgainToAnybody()
    {
        using var gateway = new FakeGateway(Answer(_ => FakeAnswer.Hangs));

        var setting = SetAsync(gateway, ClusterPart.Service, "hbaserest", 2);
        await gateway.Hung.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        var answer = await setting;

        Assert.Equal(FlexVerdict.Unconfirmed, answer.Verdict);
        Assert.Single(gateway.Requests, request => request.Method == HttpMethod.Put);
    }

    [Fact]
    public async Task SetInstances_NoAnswerButTheStateShowsIt_IsRequested()
    {
        using var gateway = new FakeGateway(Answer(_ =>
        {
            _active.Add("hbaserest.hbaserest.2");
            return FakeAnswer.Hangs;
        }));

        var setting = SetAsync(gateway, ClusterPart.Service, "hbaserest", 2);
        await gateway.Hung.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        var answer = await setting;

        Assert.Equal(FlexVerdict.Requested, answer.Verdict);
    }

    [Fact]
    public async Task SetInstances_StandbyFirst_GoesToTheOneThatAnswers()
    {
        var answers = Answer(_ => new FakeAnswer(202));
        using var gateway = new FakeGateway(request => request.Host == "rm0:8192" ? FakeAnswer.Refused : answers(request));

        var answer = await SetAsync(gateway, ClusterPart.Service, "hbaserest", 2);

        Assert.Equal(FlexVerdict.Requested, answer.Verdict);
        Assert.Equal("rm1:8192", gateway.Requests.Last(request => request.Method == HttpMethod.Put).Host);
    }

    [Fact]
    public async Task SetInstances_NoneAnswers_IsUnavailable()
    {
        using var gateway = new FakeGateway(_ => FakeAnswer.Refused);

        var answer = await SetAsync(gateway, ClusterPart.Service, "hbaserest", 2);

        Assert.Equal(FlexVerdict.Unavailable, answer.Verdict);
    }

    [Fact]
    public async Task Read_TwoAnswer_IsAmbiguous()
    {
        using var gateway = new FakeGateway(Answer(_ => new FakeAnswer(202)));
        using var client = Client(gateway);

        var view = await client.ReadAsync(TestContext.Current.CancellationToken);

        Assert.True(view.Ambiguous);
        Assert.Equal(2, view.State!.Wanted(ClusterPart.Profile, "small"));
    }

    private Func<FakeRequest, FakeAnswer> Answer(Func<FakeRequest, FakeAnswer> flex) => request => request.Path switch
    {
        "/api/state" => new FakeAnswer(200, $$"""{"pendingTasks":[],"stagingTasks":[],"activeTasks":{{JsonSerializer.Serialize(_active)}},"killableTasks":[]}""", "application/json"),
        "/api/config" => new FakeAnswer(200, $$"""{"profiles":{{_profiles}},"serviceConfigurations":{{_services}}}""", "application/json"),
        _ => flex(request),
    };

    private MyriadSchedulerClient Client(FakeGateway gateway)
    {
        var options = new SchedulerOptions();
        options.Endpoints.Add(new Uri("http://rm0:8192"));
        options.Endpoints.Add(new Uri("http://rm1:8192"));
        return new MyriadSchedulerClient(gateway, options, _time, NullLogger<MyriadSchedulerClient>.Instance);
    }

    private async Task<FlexAnswer> SetAsync(FakeGateway gateway, ClusterPart kind, string name, int instances)
    {
        using var client = Client(gateway);
        return await client.SetInstancesAsync(kind, name, instances, TestContext.Current.CancellationToken);
    }
}
