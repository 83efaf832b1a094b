using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/changes</c>: what has changed since a cursor; waits for something to change if the client wants that.</summary>
internal sealed class ChangesFunction(IChangeFeed feed, StoreGate gate, SchemaGate schemas, IOptions<SyncLimits> limits, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Answers a page of the log.</summary>
    [Function(FunctionNames.ReadChanges)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Changes)] HttpRequest request, string dataset)
    {
        if (AccessGate.Check(request.HttpContext, Role.Read, dataset) is { } denied)
            return new ProblemResult(denied);
        var query = new QueryReader(request);
        var since = query.Cursor("since");
        var limit = query.Integer("limit", 1, limits.Value.PageEntries, limits.Value.PageEntries);
        var stores = query.Stores("stores");
        var wait = TimeSpan.FromSeconds(query.Integer("wait", 0, limits.Value.WaitSeconds, 0));
        var version = query.Integer("schemaVersion", 1, int.MaxValue, schemas.Current);
        if (query.Problem is { } problem)
            return new ProblemResult(problem);
        if (schemas.Check(version) is { } outside)
            return new ProblemResult(outside);

        var scope = gate.ScopeOf(request.HttpContext.Caller(), stores) with { SchemaVersion = version };
        var page = await ReadAsync(dataset, since, limit, scope, wait, request.HttpContext.RequestAborted);
        return page.Gone is { } reason ? new ProblemResult(Gone.Cursor(dataset, reason)) : new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, page));
    }

    /// <summary>A page with something in it; or, when the time is over or the host stops, an empty one.</summary>
    private async Task<FeedPage> ReadAsync(string dataset, Cursor? since, int limit, ReadScope scope, TimeSpan wait, CancellationToken aborted)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            var page = await feed.ReadAsync(dataset, since, limit, scope, aborted);
            var left = wait - time.GetElapsedTime(begin);
            if (page.Gone is not null || page.Entries.Count > 0 || left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
                return page;

            // What the filter left out need not be read again.
            since = page.Next;
            await WaitAsync(dataset, page.Next, left, aborted);
        }
    }

    private async Task WaitAsync(string dataset, Cursor since, TimeSpan left, CancellationToken aborted)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        try
        {
            await feed.WaitAsync(dataset, since, left, until.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The client gets an empty page now, and its next request goes to another instance.
        }
    }

    private async ValueTask WriteAsync(JsonOutput output, FeedPage page)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("changes"u8);
        foreach (var entry in page.Entries)
        {
            Write(json, entry);
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteCursor(page.Next);
        json.WriteBoolean("more"u8, page.More);
        json.WriteServerTime(time.GetUtcNow());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LogEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("rev"u8, entry.Rev);
        json.WriteId(entry.Store, entry.Key);
        json.WriteString("op"u8, entry.IsTombstone ? "delete"u8 : "put"u8);
        if (entry.Value is { } value)
            json.WriteRecordValue(value);
        json.WriteString("at"u8, entry.At);
        json.WriteString("by"u8, entry.By);
        json.WriteIfKnown("cause"u8, entry.Cause);
        json.WriteEndObject();
    }
}
