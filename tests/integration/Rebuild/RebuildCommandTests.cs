using MyriadSync.Cli;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Rebuild;

/// <summary>The operator's command, on the folder of a stack that is stopped.</summary>
public sealed class RebuildCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebuild_FolderWithoutStorage_AppGoesOnWithWhatTheClusterHas()
    {
        using var folder = new TemporaryFolder();
        var options = new LocalStackOptions { Data = folder.Path };
        await using (var stack = await LocalStack.StartAsync(options, Cancel))
        {
            using var client = new DatasetClient(stack, "kept");
            await client.PushAsync(client.Put("notes", "a", """{"n":1}"""), client.Put("notes", "b", """{"n":2}"""));
        }

        Directory.Delete(Path.Combine(folder.Path, "azurite"), recursive: true);
        var exits = new[] { await RebuildCommand.RunAsync(["kept", "--data", folder.Path]), await RebuildCommand.RunAsync(["never-heard-of", "--data", folder.Path]) };

        Assert.Equal([0, 1], exits);
        await using var after = await LocalStack.StartAsync(options, Cancel);
        using var reader = new DatasetClient(after, "kept", "c2");
        Assert.Equal(["a 1 {\"n\":1}", "b 2 {\"n\":2}"], (await reader.SnapshotAsync()).Records);
        Assert.True((await reader.DatasetAsync()).Number("head") > 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kept --data")]
    [InlineData("--everything")]
    [InlineData("no/name --deployed")]
    public async Task Rebuild_Nonsense_SaysHow(string line)
    {
        var exit = await RebuildCommand.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(2, exit);
    }
}
