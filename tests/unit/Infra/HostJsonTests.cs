using System.Text.Json;

namespace MyriadSync.UnitTests.Infra;

/// <summary>Every setting of host.json that has a number or a choice is explained in docs/COST.md, as JSON has no comments.</summary>
public sealed class HostJsonTests
{
    /// <summary>Given by the wire, or by what they switch on; explained where that is.</summary>
    private static readonly string[] Elsewhere = ["version", "telemetryMode", "http.routePrefix", "queues.messageEncoding", "durableTask.storageProvider.type"];

    [Fact]
    public void Settings_AreExplained()
    {
        using var host = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Deployment.Root, "host.json")));
        var page = File.ReadAllText(Path.Combine(Deployment.Root, "docs", "COST.md")).Split("## host.json")[1];

        var unexplained = Leaves(host.RootElement, "").Select(leaf => leaf.Replace("extensions.", "", StringComparison.Ordinal))
            .Except(Elsewhere).Where(leaf => !page.Contains($"`{leaf}`", StringComparison.Ordinal));

        Assert.Empty(unexplained);
    }

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
        : [path];
}
