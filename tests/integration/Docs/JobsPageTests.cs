using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MyriadSync.DevStack;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>Does what docs/JOBS.md shows, as it stands there, and finds it in the log.</summary>
public sealed partial class JobsPageTests(SharedAzurite azurite)
{
    private const string Dataset = "home";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shell_PutsOfThePage_EditDeleteAndMakeRecords()
    {
        var services = new AppServices();
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { ConfigureServices = services.Capture });
        using var client = await PushAsync(stack);
        using var http = new HttpClient { BaseAddress = stack.HBaseAddress };

        foreach (Match put in ShellPut().Matches(Block("hbase")))
            await PutAsync(http, put);
        await services.Get<ClusterScan>().RunAsync(TableMapOptions.DefaultTable, Cancel);

        Assert.Equal(
            ["""myriad k1 {"done":false,"title":"oat milk"}""", "myriad k2 ", """myriad k3 {"done":false,"title":"bread"}"""],
            (await client.PullAllAsync()).Skip(2).Select(entry => $"{entry.GetProperty("by")} {entry.GetProperty("key")} {(entry.TryGetProperty("value", out var value) ? value.GetRawText() : "")}"));
    }

    [Fact]
    public async Task Python_ScriptOfThePage_DoesEveryOpenTodo()
    {
        var services = new AppServices();
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { ConfigureServices = services.Capture });
        using var client = await PushAsync(stack);

        var output = await PythonAsync(Block("python"), stack.HBaseAddress.ToString(), Dataset);
        await services.Get<ClusterScan>().RunAsync(TableMapOptions.DefaultTable, Cancel);

        Assert.Equal("2 done", output.Trim());
        Assert.Equal(
            ["""{"done":true,"title":"milk"}""", """{"done":true,"title":"bread"}"""],
            (await client.PullAllAsync()).Skip(2).Select(entry => entry.GetProperty("value").GetRawText()));
    }

    private static async Task<DatasetClient> PushAsync(LocalStack stack)
    {
        var client = new DatasetClient(stack, Dataset);
        await client.PushAsync(client.Put("todos", "k1", """{"title":"milk","done":false}"""), client.Put("todos", "k2", """{"title":"bread","done":false}"""));
        return client;
    }

    private static async Task PutAsync(HttpClient http, Match put)
    {
        var row = new JsonObject
        {
            ["Row"] = new JsonArray(new JsonObject
            {
                ["key"] = Base64(put.Groups[2].Value),
                ["Cell"] = new JsonArray(new JsonObject { ["column"] = Base64(put.Groups[3].Value), ["$"] = Base64(put.Groups[4].Value) }),
            }),
        };
        using var content = new StringContent(row.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PutAsync(new Uri($"{Uri.EscapeDataString(put.Groups[1].Value)}/row", UriKind.Relative), content, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string> PythonAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", ["-", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The page's script needs `python3` on the path.");
        }

        using (python)
        {
            await python!.StandardInput.WriteAsync(script);
            python.StandardInput.Close();
            var output = await python.StandardOutput.ReadToEndAsync(Cancel);
            await python.WaitForExitAsync(Cancel);
            Assert.Equal(0, python.ExitCode);
            return output;
        }
    }

    private static string Block(string language)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "JOBS.md")).ReplaceLineEndings("\n");
        var match = Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline);
        return match.Success ? match.Groups[1].Value : throw new InvalidDataException($"The page has no block of {language}.");
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("^put '([^']*)', '([^']*)', '([^']*)', '([^']*)'$", RegexOptions.Multiline)]
    private static partial Regex ShellPut();
}
