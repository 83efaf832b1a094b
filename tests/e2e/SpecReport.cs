using System.Globalization;
using System.Text.Json.Nodes;

namespace MyriadSync.E2ETests;

/// <summary>What a run of specs says of itself: a run without a single test is no success.</summary>
internal sealed class SpecReport : IDisposable
{
    /// <summary>Tells the run where to write it.</summary>
    public const string Variable = "MYRIADSYNC_SPEC_REPORT";

    /// <summary>Names a file to which each run adds a line with the number of its tests, for whoever counts those too.</summary>
    private const string CountVariable = "MYRIADSYNC_SPEC_COUNT";

    /// <summary>Where the run writes it.</summary>
    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <summary>Fails unless every test of the run was run and passed.</summary>
    public void Check()
    {
        var report = JsonNode.Parse(File.ReadAllText(Path))!;
        var (total, passed) = (report["numTotalTests"]!.GetValue<int>(), report["numPassedTests"]!.GetValue<int>());
        Assert.NotEqual(0, total);
        Assert.Equal(total, passed);

        if (Environment.GetEnvironmentVariable(CountVariable) is { Length: > 0 } file)
            File.AppendAllText(file, passed.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(Path);
}
