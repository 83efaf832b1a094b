using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.Hosting;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>Takes a request from the wire through faults and scheduler, and sends the answer as Jetty 6 frames it.</summary>
internal sealed class SchedulerEndpoint(SchedulerApi api, FaultBoard faults, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var faulted = new FaultedRequest(faults, EmulatorSide.Scheduler, context, clock);
        using var body = new PooledBuffer();
        try
        {
            await RequestBody.ReadAsync(context.Request, body);
            if (!await faulted.BeforeAsync())
                return;
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var path = target.Split('?')[0];
            var answer = api.Handle(context.Request, path, body.Written);
            if (await faulted.AfterAsync())
                await WriteAsync(context, answer, path, faulted);
        }
        finally
        {
            faulted.Finish();
        }
    }

    private static async Task WriteAsync(HttpContext context, SchedulerAnswer answer, string path, FaultedRequest faulted)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Server = "Jetty(6.1.26)";
        if (answer.Allow is not null)
            response.Headers.Allow = answer.Allow;
        if (answer.Reason is not null)
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.Reason;

        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (answer.IsContainerError && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method)))
        {
            var page = Encoding.Latin1.GetBytes(JettyPage.Render(answer.Status, path));
            response.ContentType = "text/html; charset=iso-8859-1";
            response.Headers.CacheControl = "must-revalidate,no-cache,no-store";
            response.ContentLength = page.Length;
            await SendAsync(response, page, faulted);
            return;
        }
        if (answer.Status < 300 || answer.Body is not null)
            response.ContentType = answer.ContentType;
        if (answer.Body is null || isHead)
            response.ContentLength = 0;
        else
            await SendAsync(response, Encoding.UTF8.GetBytes(answer.Body), faulted);
    }

    private static async Task SendAsync(HttpResponse response, byte[] body, FaultedRequest faulted)
    {
        await response.Body.WriteAsync(faulted.CutsReply ? body.AsMemory(0, body.Length / 2) : body);
        if (!faulted.CutsReply)
            return;
        await response.Body.FlushAsync();
        FaultedRequest.Cut();
    }
}
