using System.Globalization;
using System.Text.Json;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>
/// Reads the scheduler's JSON. Optional settings come in three renderings, by Myriad's version: the value (or the text <c>value is absent</c>),
/// <c>{"present":true}</c> with the value lost, or null.
/// </summary>
internal static class SchedulerJson
{
    private const string Absent = "value is absent";

    /// <summary>The state; null: it is no scheduler's.</summary>
    public static SchedulerState? ReadState(ReadOnlyMemory<byte> body) => Read(body, root => new SchedulerState
    {
        Pending = Tasks(root, "pendingTasks"),
        Staging = Tasks(root, "stagingTasks"),
        Active = Tasks(root, "activeTasks"),
        Killable = Tasks(root, "killableTasks"),
    });

    /// <summary>The configuration; null: it is no scheduler's.</summary>
    public static SchedulerConfig? ReadConfig(ReadOnlyMemory<byte> body) => Read(body, root => new SchedulerConfig
    {
        FrameworkName = root.TryGetProperty("frameworkName", out var name) ? Text(name) : null,
        Profiles = [.. Members(root, "profiles").Select(profile => new SchedulerProfile(profile.Name, Text(profile.Value, "cpu"), Text(profile.Value, "mem")))],
        Services = [.. Members(root, "serviceConfigurations").Select(service => Service(service.Name, service.Value))],
    });

    private static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SchedulerTask[] Tasks(JsonElement root, string list) => [.. root.GetProperty(list).EnumerateArray().Select(id => SchedulerTask.Parse(id.GetString()!))];

    /// <summary>Null (older versions write that for nothing) is empty; a member that is not there at all is no scheduler's answer.</summary>
    private static IEnumerable<JsonProperty> Members(JsonElement root, string member) =>
        root.GetProperty(member) is { ValueKind: not JsonValueKind.Null } found ? found.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal) : [];

    private static SchedulerService Service(string name, JsonElement service) => !service.TryGetProperty("maxInstances", out var limit)
        ? new SchedulerService(name, null, null)
        : limit.ValueKind switch
        {
            JsonValueKind.Object => new SchedulerService(name, limit.GetProperty("present").GetBoolean(), null),
            JsonValueKind.Null => new SchedulerService(name, false, null),
            _ when int.TryParse(Text(limit), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new SchedulerService(name, number > 0, number > 0 ? number : null),
            _ => new SchedulerService(name, Text(limit) == Absent ? false : null, null),
        };

    private static string? Text(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
