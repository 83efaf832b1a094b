using System.Text.RegularExpressions;

namespace MyriadSync.UnitTests;

/// <summary>Holds the direction of dependencies (docs/ARCHITECTURE.md) by what each folder of <c>functions/</c> says it uses.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Functions = Path.Combine(Root(AppContext.BaseDirectory), "functions");

    [Theory]
    [InlineData("Contracts", "")]
    [InlineData("Pipeline", "Contracts")]
    [InlineData("ChangeLog", "Contracts")]
    [InlineData("Myriad", "Contracts Telemetry")]
    [InlineData("Payloads", "Contracts ChangeLog")]
    [InlineData("Queues", "ChangeLog Orchestration")]
    [InlineData("Poison", "Contracts ChangeLog Payloads")]
    [InlineData("Conflicts", "Contracts ChangeLog Payloads")]
    [InlineData("Reading", "Contracts ChangeLog Myriad Orchestration")]
    [InlineData("Orchestration", "ChangeLog Conflicts Contracts Myriad Payloads Pipeline Poison Reading Telemetry")]
    [InlineData("RxDb", "Contracts ChangeLog Orchestration Reading")]
    [InlineData("Retention", "Contracts ChangeLog Myriad")]
    [InlineData("Telemetry", "Contracts")]
    [InlineData("Security", "Contracts Configuration")]
    public void Folder_UsesOnlyWhatItMay(string folder, string allowed)
    {
        var may = allowed.Split(' ').Append(folder).ToHashSet();

        var beyond = Usings(folder).Where(use => Own().Match(use.Name) is { Success: true } match && !may.Contains(match.Groups[1].Value));

        Assert.Empty(beyond);
    }

    [Theory]
    [InlineData("Azure.", "ChangeLog", "Configuration", "Conflicts", "Payloads", "Poison", "Queues")]
    [InlineData("Microsoft.AspNetCore", "Configuration", "Triggers")]
    [InlineData("Microsoft.Azure.Functions", "Configuration", "Orchestration", "Triggers")]
    [InlineData("Microsoft.DurableTask", "Orchestration", "Triggers")]
    public void Library_IsNamedOnlyWhereItMayBe(string library, params string[] folders)
    {
        var elsewhere = Directory.EnumerateDirectories(Functions).Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ("bin" or "obj") && !folders.Contains(folder));

        var found = elsewhere.SelectMany(Usings).Where(use => use.Name.StartsWith(library, StringComparison.Ordinal) || use.Name + "." == library);

        Assert.Empty(found);
    }

    [Fact]
    public void Functions_HaveNoConditionalCode()
    {
        var conditional = Sources("").Where(file => File.ReadLines(file).Any(line => line.StartsWith("#if", StringComparison.Ordinal)));

        Assert.Empty(conditional);
        Assert.True(Sources("").Count() > 100);
    }

    private static IEnumerable<(string File, string Name)> Usings(string folder) =>
        Sources(folder).SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(match => (Path.GetRelativePath(Functions, file), match.Groups[1].Value)));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Functions, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Functions, file).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(Functions, file).StartsWith("bin", StringComparison.Ordinal));

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "MyriadSyncFunctions.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^MyriadSync\.(\w+)")]
    private static partial Regex Own();
}
