using System.Text.Json;
using MyriadSync.Myriad.Scheduler;

namespace MyriadSync.Triggers.Http;

/// <summary>The cluster on the wire (docs/API.md, "Cluster"). Task ids stay inside: they say nothing to anybody.</summary>
internal static class ClusterJson
{
    private const string SeveralAnswer =
        "More than one scheduler answers. All but one of them were demoted and tell an old state; which one leads, their API does not show: restart the demoted ones.";

    /// <summary>The whole cluster.</summary>
    public static void Write(Utf8JsonWriter json, ClusterView view)
    {
        json.WriteString("status"u8, view.State is not null ? "answering"u8 : view.Schedulers.Count == 0 ? "not-configured"u8 : "unavailable"u8);
        json.WriteStartArray("schedulers"u8);
        foreach (var scheduler in view.Schedulers)
        {
            json.WriteStartObject();
            json.WriteString("address"u8, scheduler.Authority);
            json.WriteBoolean("answers"u8, scheduler.Answers);
            json.WriteIfKnown("reason"u8, scheduler.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteIfKnown("warning"u8, view.Ambiguous ? SeveralAnswer : null);
        if (view is { State: { } state, Config: { } config })
            Write(json, state, config);
    }

    /// <summary>What became of a wish.</summary>
    public static void Write(Utf8JsonWriter json, ClusterPart kind, string name, int instances, FlexAnswer answer)
    {
        json.WriteString(kind == ClusterPart.Profile ? "profile"u8 : "service"u8, name);
        json.WriteNumber("instances"u8, instances);
        json.WriteString("outcome"u8, answer.Verdict switch
        {
            FlexVerdict.Unchanged => "unchanged"u8,
            FlexVerdict.Requested => "requested"u8,
            FlexVerdict.AtLimit => "at-limit"u8,
            _ => "unconfirmed"u8,
        });
        json.WriteNumber("before"u8, answer.Before);
        if (answer.Limit is { } limit)
            json.WriteNumber("limit"u8, limit);
        json.WriteIfKnown(answer.Verdict == FlexVerdict.Requested ? "warning"u8 : "detail"u8, answer.Message);
        if (answer.Now is { } now)
        {
            json.WriteStartObject("tasks"u8);
            WriteCounts(json, now, kind, name);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, SchedulerState state, SchedulerConfig config)
    {
        json.WriteIfKnown("framework"u8, config.FrameworkName);
        json.WriteStartObject("tasks"u8);
        json.WriteNumber("pending"u8, state.Pending.Count);
        json.WriteNumber("staging"u8, state.Staging.Count);
        json.WriteNumber("active"u8, state.Active.Count);
        json.WriteNumber("killable"u8, state.Killable.Count);
        json.WriteEndObject();
        json.WriteStartArray("profiles"u8);
        foreach (var profile in config.Profiles)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, profile.Name);
            json.WriteIfKnown("cpus"u8, profile.Cpus);
            json.WriteIfKnown("memoryMb"u8, profile.MemoryMb);
            WriteCounts(json, state, ClusterPart.Profile, profile.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("services"u8);
        foreach (var service in config.Services)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, service.Name);
            if (service.Bounded is { } bounded)
                json.WriteBoolean("bounded"u8, bounded);
            if (service.MaxInstances is { } limit)
                json.WriteNumber("limit"u8, limit);
            WriteCounts(json, state, ClusterPart.Service, service.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, SchedulerState state, ClusterPart kind, string name)
    {
        json.WriteNumber("pending"u8, Count(state.Pending, kind, name));
        json.WriteNumber("staging"u8, Count(state.Staging, kind, name));
        json.WriteNumber("active"u8, Count(state.Active, kind, name));
        json.WriteNumber("killable"u8, Count(state.Killable, kind, name));
    }

    private static int Count(IReadOnlyList<SchedulerTask> tasks, ClusterPart kind, string name) => tasks.Count(task => task.Kind == kind && task.Name == name);
}
