using System.Reflection;
using MyriadSync.ClientTests;
using MyriadSync.E2ETests.Stacks;

namespace MyriadSync.E2ETests;

/// <summary>The browser packages and pages in real Chromium, through real stacks. Each file of <c>specs/</c> is a test here, and tells its own tests when one fails.</summary>
public sealed class BrowserTests(ClientWorkspace workspace, StackHost stacks)
{
    /// <summary>Names the specs to run, as a pattern such as <c>tabs*</c>, for those who work on one; not set: all.</summary>
    private const string SpecsVariable = "MYRIADSYNC_SPECS";

    /// <summary>Every spec, by file name.</summary>
    public static TheoryData<string> Specs =>
    [
        .. Directory.EnumerateFiles(SpecFolder, (Environment.GetEnvironmentVariable(SpecsVariable) ?? "*") + ".spec.ts")
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    private static string SpecFolder => typeof(BrowserTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "SpecFolder").Value!;

    [Theory]
    [MemberData(nameof(Specs))]
    public Task Spec_InChromium_Passes(string spec) => RunAsync("test:e2e", spec);

    /// <summary>The rules that are tested in Node too, on the browser's own IndexedDB.</summary>
    [Fact]
    public Task RulesOfRxDbsWire_OnDexieInChromium_Hold() => RunAsync("test:browser");

    private async Task RunAsync(string script, params string[] arguments)
    {
        var chromium = Chromium.Find();
        Assert.SkipWhen(chromium is null, $"No Chromium or Chrome on this machine. Install one (apt-get install chromium), or name its path in {Chromium.Variable}.");
        using var report = new SpecReport();

        await workspace.RunScriptAsync(script, new Dictionary<string, string>
        {
            [Chromium.Variable] = chromium,
            [StackHost.StackVariable] = stacks.SharedStack,
            [StackHost.HostVariable] = stacks.Address,
            [SpecReport.Variable] = report.Path,
        }, arguments);

        report.Check();
    }
}
