using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration.Audits;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>The audits of the cluster's tables, for operators.</summary>
internal sealed class AuditFunctions(ClusterAudit audit, TimeProvider time)
{
    /// <summary><c>GET …/cluster/audit</c>: how they stand.</summary>
    [Function("ReadAudit")]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ClusterAudit)] HttpRequest request) =>
        AccessGate.Check(request.HttpContext, Role.Operate) is { } denied
            ? new ProblemResult(denied)
            : Answer(StatusCodes.Status200OK, await audit.ReadAsync(request.HttpContext.RequestAborted));

    /// <summary><c>POST …/cluster/audit</c>: begins one of every table, unless it is under way.</summary>
    [Function("StartAudit")]
    public async Task<IResult> StartAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ClusterAudit)] HttpRequest request) =>
        AccessGate.Check(request.HttpContext, Role.Operate) is { } denied
            ? new ProblemResult(denied)
            : Answer(StatusCodes.Status202Accepted, await audit.BeginAsync(request.HttpContext.RequestAborted));

    private JsonStreamResult Answer(int status, IReadOnlyList<AuditMark> marks) => new(status, output =>
    {
        output.Json.WriteStartObject();
        AuditJson.Write(output.Json, marks);
        output.Json.WriteServerTime(time.GetUtcNow());
        output.Json.WriteEndObject();
        return ValueTask.CompletedTask;
    });
}
