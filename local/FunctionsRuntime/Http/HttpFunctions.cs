using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Http;

/// <summary>HTTP triggers as endpoints of ASP.NET Core. Bodies are streamed either way; a client that goes away cancels the invocation.</summary>
internal sealed class HttpFunctions(FunctionInvoker invoker, FunctionKeys keys, string routePrefix, ILogger logger)
{
    /// <summary>Maps functions.</summary>
    /// <exception cref="FunctionAppException">One returns what cannot be an answer.</exception>
    public void Map(IEndpointRouteBuilder routes, IEnumerable<FunctionDescriptor> functions)
    {
        foreach (var function in functions)
        {
            DemandResultType(function);
            var trigger = (HttpTriggerAttribute)function.Trigger;
            var pattern = string.Join('/', new[] { routePrefix.Trim('/'), (trigger.Route ?? function.Name).Trim('/') }.Where(p => p.Length > 0));
            var pipeline = invoker.Compose(function);
            RequestDelegate handle = context => HandleAsync(context, function, trigger, pipeline);
            var endpoint = trigger.Methods is { Length: > 0 } methods
                ? routes.MapMethods(pattern, methods.Select(m => m.ToUpperInvariant()), handle)
                : routes.Map(pattern, handle);
            endpoint.WithDisplayName($"function {function.Name}");
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a function throws is answered with 500, as by the genuine host.")]
    private async Task HandleAsync(HttpContext http, FunctionDescriptor function, HttpTriggerAttribute trigger, FunctionExecutionDelegate pipeline)
    {
        if (!keys.Allow(trigger.AuthLevel, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            var context = Context(http, function);
            await FunctionInvoker.RunAsync(pipeline, context);
            await AnswerAsync(http, context.Result);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested)
        {
            HttpLogs.ClientGone(logger, function.Name, exception.GetType().Name);
            http.Abort();
        }
        catch (Exception exception)
        {
            HttpLogs.Failed(logger, exception, function.Name);
            if (http.Response.HasStarted)
            {
                http.Abort(); // Half an answer must not look like a whole one.
                return;
            }

            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static LocalFunctionContext Context(HttpContext http, FunctionDescriptor function)
    {
        var data = http.Request.RouteValues.Count == 0
            ? []
            : new Dictionary<string, object?>(http.Request.RouteValues, StringComparer.OrdinalIgnoreCase);
        var context = new LocalFunctionContext(function.Definition, http.RequestServices, http.RequestAborted)
        {
            TriggerValue = http.Request,
            Data = data,
            Trace = new LocalTraceContext(Activity.Current?.Id ?? http.Request.Headers.TraceParent, Activity.Current?.TraceStateString ?? http.Request.Headers.TraceState),
        };
        context.Items[InvocationKeys.HttpContext] = http;
        return context;
    }

    private static Task AnswerAsync(HttpContext http, object? result) => result switch
    {
        IResult answer => answer.ExecuteAsync(http),
        IActionResult answer => answer.ExecuteResultAsync(new(http, http.GetRouteData(), new ActionDescriptor())),
        _ => Task.CompletedTask,
    };

    private static void DemandResultType(FunctionDescriptor function)
    {
        var type = function.Method.ResultType;
        if (type != typeof(void) && !typeof(IResult).IsAssignableFrom(type) && !typeof(IActionResult).IsAssignableFrom(type))
            throw new FunctionAppException($"Function '{function.Name}' returns {type.Name}; an HTTP function returns IResult, IActionResult, or nothing.");
    }
}
