using System.Text.RegularExpressions;
using System.Xml.Linq;
using MyriadSync.ConformanceTests.Support;

namespace MyriadSync.UnitTests.Infra;

/// <summary>The build that is deployed: its packages, and the runtime that it is deployed to.</summary>
public sealed partial class AzureBuildTests
{
    [Fact]
    public void Packages_AreTheRecordedOnes()
    {
        var facts = SharedFolder.Find("azure-facts.md");
        Assert.SkipWhen(facts is null, "To compare with the recorded versions, " + SharedFolder.HowToHaveIt);
        var recorded = Recorded(File.ReadAllText(facts)).ToDictionary();

        var named = Named().ToDictionary();

        Assert.Equal(recorded.Keys.Order(), named.Keys.Order());
        Assert.All(named, package => Assert.Matches("^" + Regex.Escape(recorded[package.Key]).Replace("x", @"\d+", StringComparison.Ordinal) + "$", package.Value));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Runtime_IsTheTargetFramework(string environment)
    {
        var framework = XDocument.Load(Path.Combine(Deployment.Root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value;

        var runtime = Deployment.Read(environment).Of("Microsoft.Web/sites").Single().GetProperty("functionAppConfig").GetProperty("runtime");

        Assert.Equal(("dotnet-isolated", framework), (runtime.GetProperty("name").GetString(), "net" + runtime.GetProperty("version").GetString()));
    }

    /// <summary>What the project references for Azure only, with the central version.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Named()
    {
        var versions = XDocument.Load(Path.Combine(Deployment.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);
        return XDocument.Load(Path.Combine(Deployment.Root, "functions", "MyriadSync.Functions.csproj")).Descendants("ItemGroup")
            .Where(group => ((string?)group.Attribute("Condition"))?.EndsWith("== 'Azure'", StringComparison.Ordinal) == true)
            .Descendants("PackageReference")
            .Select(package => (string)package.Attribute("Include")!)
            .Select(name => KeyValuePair.Create(name, versions[name]));
    }

    private static IEnumerable<KeyValuePair<string, string>> Recorded(string facts)
    {
        var section = facts.Split("\n## ").Single(part => part.StartsWith("Genuine packages", StringComparison.Ordinal));
        return Package().Matches(section).Select(match => KeyValuePair.Create("Microsoft.Azure.Functions" + match.Groups[1].Value, match.Groups[2].Value));
    }

    [GeneratedRegex(@"(\.Worker[\w.]*) (\d+\.\d+\.(?:\d+|x))")]
    private static partial Regex Package();
}
