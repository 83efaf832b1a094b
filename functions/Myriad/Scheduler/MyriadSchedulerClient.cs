using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>The scheduler's REST API. An answer is no proof of leadership: a demoted scheduler goes on answering from what it knew.</summary>
internal sealed class MyriadSchedulerClient(HttpMessageHandler handler, SchedulerOptions options, TimeProvider time, ILogger<MyriadSchedulerClient> logger)
    : ISchedulerClient, IDisposable
{
    private const string StatePath = "/api/state", ConfigPath = "/api/config";

    /// <summary>How the refusal begins that a bounded service gets, and what stands before its bound.</summary>
    private const string LimitText = "Current number of active, staging, pending instances", LimitMark = "max instances allowed:";

    private const string UnknownServiceText = "value is absent", UnknownProfileText = "Profile does not exist";

    private readonly SchedulerHttp _http = new(handler, options.Timeout, time);

    public void Dispose() => _http.Dispose();

    public async Task<SchedulerHealth> CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Endpoints.Count == 0)
            return new() { Status = SchedulerStatus.NotConfigured };

        var reason = "";
        foreach (var endpoint in options.Endpoints)
        {
            (var state, reason) = await StateAsync(endpoint, cancellationToken);
            if (state is not null)
                return new() { Status = SchedulerStatus.Answering, Pending = state.Pending.Count, Staging = state.Staging.Count, Active = state.Active.Count, Killable = state.Killable.Count };
        }

        return new() { Status = SchedulerStatus.Unavailable, Reason = reason };
    }

    public async Task<ClusterView> ReadAsync(CancellationToken cancellationToken)
    {
        var states = await Task.WhenAll(options.Endpoints.Select(async endpoint => (endpoint, answer: await StateAsync(endpoint, cancellationToken))));
        var schedulers = states.Select(one => new SchedulerAddress(one.endpoint.Authority, one.answer.State is not null, one.answer.State is null ? one.answer.Reason : null)).ToList();
        foreach (var (endpoint, answer) in states.Where(one => one.answer.State is not null))
        {
            var reply = await _http.GetAsync(endpoint, ConfigPath, cancellationToken);
            if (reply.Status == 200 && SchedulerJson.ReadConfig(reply.Body) is { } config)
                return new ClusterView { Schedulers = schedulers, State = answer.State, Config = config };
        }

        return new ClusterView { Schedulers = schedulers };
    }

    public async Task<FlexAnswer> SetInstancesAsync(ClusterPart kind, string name, int instances, CancellationToken cancellationToken)
    {
        var view = await ReadAsync(cancellationToken);
        if (view is not { State: { } state, Config: { } config })
            return FlexAnswer.Of(FlexVerdict.Unavailable, "No scheduler answers.");
        if (!config.Names(kind).Contains(name))
            return FlexAnswer.Of(FlexVerdict.UnknownName, Declared(config, kind));

        var before = state.Wanted(kind, name);
        var by = instances - before;
        if (by == 0)
            return new FlexAnswer { Verdict = FlexVerdict.Unchanged, Before = before, Now = state };
        if (FlexNames.Conflict(config, kind, name, by) is { } conflict)
            return FlexAnswer.Of(FlexVerdict.Refused, conflict);

        var answer = await FlexAsync(kind, FlexNames.ToSend(kind, name, by), by, cancellationToken);
        var now = answer.Verdict is FlexVerdict.Requested or FlexVerdict.Unconfirmed or FlexVerdict.AtLimit ? (await ReadAsync(cancellationToken)).State : null;
        var carriedOut = answer.Verdict == FlexVerdict.Unconfirmed && now?.Wanted(kind, name) == instances;
        return answer with { Before = before, Now = now, Verdict = carriedOut ? FlexVerdict.Requested : answer.Verdict };
    }

    /// <summary>Sends the call to the first scheduler that can be reached. Once it may have been read, it is not sent to another one.</summary>
    private async Task<FlexAnswer> FlexAsync(ClusterPart kind, string name, int by, CancellationToken cancellationToken)
    {
        var path = $"/api/cluster/flex{(by > 0 ? "up" : "down")}{(kind == ClusterPart.Service ? "service" : "")}";
        var json = new JsonObject { ["instances"] = Math.Abs(by), [kind == ClusterPart.Service ? "serviceName" : "profile"] = name }.ToJsonString();
        foreach (var endpoint in options.Endpoints)
        {
            var reply = await _http.PutAsync(endpoint, path, json, cancellationToken);
            if (reply.Fault == SchedulerFault.NotReached)
                continue;
            Logs.ClusterFlexed(logger, endpoint.Authority, path, name, Math.Abs(by), reply.Status, reply.Text);
            return Judge(reply);
        }

        return FlexAnswer.Of(FlexVerdict.Unavailable, "No scheduler can be reached.");
    }

    private static FlexAnswer Judge(SchedulerReply reply) => reply switch
    {
        { Fault: SchedulerFault.Unknown } => FlexAnswer.Of(FlexVerdict.Unconfirmed, $"The scheduler did not answer ({reply.Text}). The call is not repeated: look at the cluster's state first."),
        { Status: 202 } => FlexAnswer.Of(FlexVerdict.Requested, reply.Text.Length > 0 ? reply.Text : null),
        { Status: 400 } when reply.Text.StartsWith(LimitText, StringComparison.Ordinal) => FlexAnswer.Of(FlexVerdict.AtLimit, reply.Text) with { Limit = Limit(reply.Text) },
        { Status: 500, Text: UnknownServiceText } => FlexAnswer.Of(FlexVerdict.UnknownName),
        { Status: 400 } when reply.Text.StartsWith(UnknownProfileText, StringComparison.Ordinal) => FlexAnswer.Of(FlexVerdict.UnknownName),
        _ => FlexAnswer.Of(FlexVerdict.Refused, FormattableString.Invariant($"The scheduler answered {reply.Status}: {reply.Text}")),
    };

    private static int? Limit(string text) =>
        text.IndexOf(LimitMark, StringComparison.Ordinal) is >= 0 and var mark
        && int.TryParse(text.AsSpan(mark + LimitMark.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;

    private static string Declared(SchedulerConfig config, ClusterPart kind)
    {
        var names = config.Names(kind).ToList();
        return names.Count == 0 ? "The Myriad configuration declares none." : $"The Myriad configuration declares: {string.Join(", ", names)}.";
    }

    private async Task<(SchedulerState? State, string Reason)> StateAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var reply = await _http.GetAsync(endpoint, StatePath, cancellationToken);
        var state = reply.Status == 200 ? SchedulerJson.ReadState(reply.Body) : null;
        var reason = reply.Fault != SchedulerFault.None ? reply.Text
            : reply.Status == 200 ? "an answer that is no scheduler's state"
            : FormattableString.Invariant($"HTTP {reply.Status}");
        if (state is null)
            Logs.SchedulerSilent(logger, endpoint.Authority, reason);
        return (state, reason);
    }
}
