using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Myriad.Scheduler;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>The cluster's state and size, for operators.</summary>
internal sealed class ClusterFunctions(ISchedulerClient scheduler, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary><c>GET …/cluster</c>: 200 also when no scheduler answers, because that is what the answer tells.</summary>
    [Function("ReadCluster")]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Cluster)] HttpRequest request)
    {
        if (AccessGate.Check(request.HttpContext, Role.Operate) is { } denied)
            return new ProblemResult(denied);

        var view = await scheduler.ReadAsync(request.HttpContext.RequestAborted);
        return Answer(json => ClusterJson.Write(json, view));
    }

    /// <summary><c>PUT …/cluster/profiles/{name}</c>: how many node managers of a profile there are to be.</summary>
    [Function("SetNodeManagers")]
    public Task<IResult> SetProfileAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.ClusterProfile)] HttpRequest request, string name) =>
        SetAsync(request, ClusterPart.Profile, name);

    /// <summary><c>PUT …/cluster/services/{name}</c>: how many instances of a service there are to be.</summary>
    [Function("SetServiceInstances")]
    public Task<IResult> SetServiceAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.ClusterService)] HttpRequest request, string name) =>
        SetAsync(request, ClusterPart.Service, name);

    private async Task<IResult> SetAsync(HttpRequest request, ClusterPart kind, string name)
    {
        if (AccessGate.Check(request.HttpContext, Role.Operate) is { } denied)
            return new ProblemResult(denied);
        var (instances, problem) = await InstancesBody.ReadAsync(request, request.HttpContext.RequestAborted);
        if (problem is not null)
            return new ProblemResult(problem);

        // Not cancelled when the caller goes away: a call that was sent is not known to have been carried out until its answer is there.
        var answer = await scheduler.SetInstancesAsync(kind, name, instances, CancellationToken.None);
        return answer.Verdict switch
        {
            FlexVerdict.UnknownName => new ProblemResult(new Problem(Problems.NotFound, $"There is no {(kind == ClusterPart.Profile ? "profile" : "service")} of this name. {answer.Message}")),
            FlexVerdict.Refused => new ProblemResult(new Problem(Problems.SchedulerRefused, answer.Message ?? "")),
            FlexVerdict.Unavailable => new ProblemResult(new Problem(Problems.SchedulerUnavailable, answer.Message ?? "") { RetryAfter = RetryAfter }),
            _ => Answer(json => ClusterJson.Write(json, kind, name, instances, answer)),
        };
    }

    private JsonStreamResult Answer(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, output =>
    {
        output.Json.WriteStartObject();
        write(output.Json);
        output.Json.WriteServerTime(time.GetUtcNow());
        output.Json.WriteEndObject();
        return ValueTask.CompletedTask;
    });
}
