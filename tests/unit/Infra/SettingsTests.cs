using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Configuration;

namespace MyriadSync.UnitTests.Infra;

/// <summary>The deployed settings are the app's: it starts on them, it asks for each of them, and whatever it asks for is written down.</summary>
public sealed class SettingsTests
{
    /// <summary>Read by the Functions host or by Azure's libraries, not by the app.</summary>
    private static readonly string[] Platforms =
    [
        "AzureWebJobsStorage:accountName", "AzureWebJobsStorage:credential", "AzureWebJobsStorage:clientId", "AZURE_CLIENT_ID",
    ];

    public static TheoryData<string> Environments => Deployment.Environments;

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task App_OnDeployedSettings_Starts(string environment)
    {
        await using var app = new AppUnderSettings(Deployment.Read(environment).Settings);

        app.Validate();

        Assert.Contains("Auth:Issuer", app.Known);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Settings_Deployed_AreAskedFor(string environment)
    {
        var settings = Deployment.Read(environment).Settings;
        await using var app = new AppUnderSettings(settings);

        var unknown = settings.Keys.Where(key => !app.Asked.Contains(key) && !Platforms.Contains(key) && !BindingExpressions().Contains(key));

        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void BindingExpressions_OfTriggers_AreDeployed(string environment)
    {
        var settings = Deployment.Read(environment).Settings;

        var missing = BindingExpressions().Except(settings.Keys);

        Assert.Empty(missing);
        Assert.NotEmpty(BindingExpressions());
    }

    [Fact]
    public async Task Settings_ThatTheAppAsksFor_AreDocumented()
    {
        await using var app = new AppUnderSettings(Deployment.Read("prod").Settings);
        var page = File.ReadAllText(Path.Combine(Deployment.Root, "docs", "DEPLOY.md"));

        var undocumented = app.Known.Union(BindingExpressions()).Where(key => !page.Contains($"`{key}`", StringComparison.Ordinal));

        Assert.Empty(undocumented);
    }

    [Fact]
    public async Task Sample_OfLocalSettings_IsAskedFor()
    {
        using var sample = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Deployment.Root, "local.settings.sample.json")));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => value.Value.GetString());
        await using var app = new AppUnderSettings(settings);

        var unknown = settings.Keys.Where(key => !app.Asked.Contains(key) && key != "FUNCTIONS_WORKER_RUNTIME" && !BindingExpressions().Contains(key));

        Assert.Empty(unknown);
    }

    /// <summary>Settings that attributes name: <c>[TimerTrigger("%Recovery:Schedule%")]</c>.</summary>
    private static HashSet<string> BindingExpressions() => [.. typeof(MyriadSyncRegistration).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance))
        .SelectMany(method => method.GetParameters())
        .Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule)
        .Where(schedule => schedule?.StartsWith('%') == true)
        .Select(schedule => schedule!.Trim('%'))];
}
