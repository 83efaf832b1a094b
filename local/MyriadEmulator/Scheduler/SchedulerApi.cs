using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>The scheduler's REST API: which path knows which method, and what it answers.</summary>
internal sealed class SchedulerApi(SchedulerOptions options, TaskBoard tasks, int port)
{
    private const string ReadMethods = "HEAD,GET,OPTIONS", FlexMethods = "OPTIONS,PUT";

    private readonly FlexOperations _flex = new(options, tasks);

    public SchedulerAnswer Handle(HttpRequest request, string path, ReadOnlyMemory<byte> body) => path.TrimEnd('/') switch
    {
        _ when HttpMethods.IsOptions(request.Method) || path == "/api/application.wadl" => NotEmulated("WADL descriptions"),
        "/api/state" => Read(request, State),
        "/api/config" => Read(request, () => ConfigJson.Render(options, port)),
        "/api/cluster/flexup" => Flex(request, body, "profile", _flex.FlexUp),
        "/api/cluster/flexdown" => Flex(request, body, "profile", _flex.FlexDown),
        "/api/cluster/flexupservice" => Flex(request, body, "serviceName", _flex.FlexUpService),
        "/api/cluster/flexdownservice" => Flex(request, body, "serviceName", _flex.FlexDownService),
        "/api/cluster" => SchedulerAnswer.Error(405, "OPTIONS"),
        "/api/framework/shutdown/framework" => HttpMethods.IsPost(request.Method) ? NotEmulated("the shutdown of the framework") : SchedulerAnswer.Error(405, "POST,OPTIONS"),
        "/api/artifacts/config.tgz" or "/api/artifacts/binary.tgz" => NotEmulated("artifacts"),
        "" or "/index.html" => NotEmulated("Myriad's web page"),
        _ when !path.StartsWith("/api/", StringComparison.Ordinal) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) =>
            new SchedulerAnswer(405) { Reason = $"HTTP method {request.Method} is not supported by this URL" },
        _ => SchedulerAnswer.Error(404),
    };

    private static SchedulerAnswer NotEmulated(string what) => new(501, $"The Myriad emulator does not have {what}.");

    private static SchedulerAnswer Read(HttpRequest request, Func<string> render)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return SchedulerAnswer.Error(405, ReadMethods);
        return Accepts(request, "application/json") ? SchedulerAnswer.Json(render()) : SchedulerAnswer.Error(406);
    }

    private static SchedulerAnswer Flex(HttpRequest request, ReadOnlyMemory<byte> body, string nameField, Func<FlexRequest, SchedulerAnswer> flex)
    {
        if (!HttpMethods.IsPut(request.Method))
            return SchedulerAnswer.Error(405, FlexMethods);
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return SchedulerAnswer.Error(415);
        if (!Accepts(request, "text/plain"))
            return SchedulerAnswer.Error(406);
        var flexRequest = FlexRequest.Read(body, nameField, out var error);
        return error is null ? flex(flexRequest) : SchedulerAnswer.Failed(error);
    }

    private static bool Accepts(HttpRequest request, string type)
    {
        var accept = request.Headers.Accept.ToString();
        var family = type[..(type.IndexOf('/', StringComparison.Ordinal) + 1)] + "*";
        return accept.Length == 0 || accept.Contains("*/*", StringComparison.Ordinal) || accept.Contains(type, StringComparison.OrdinalIgnoreCase)
            || accept.Contains(family, StringComparison.OrdinalIgnoreCase);
    }

    private string State() => JsonSerializer.Serialize(new
    {
        pendingTasks = tasks.List(TaskState.Pending),
        stagingTasks = tasks.List(TaskState.Staging),
        activeTasks = tasks.List(TaskState.Active),
        killableTasks = tasks.List(TaskState.Killable),
    });
}
