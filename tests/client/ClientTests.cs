using MyriadSync.DevStack;

namespace MyriadSync.ClientTests;

/// <summary>The browser packages: their own checks and tests, those against a real stack included.</summary>
public sealed class ClientTests(ClientWorkspace workspace)
{
    /// <summary>Where the client's tests find a stack (client/packages/client/tests/real-stack.fixture.ts).</summary>
    private const string StackVariable = "MYRIADSYNC_STACK_URL";

    [Fact]
    public Task Sources_AsTheyAre_AreFormattedAndOfSoundTypes() => workspace.RunScriptAsync("check");

    [Fact]
    public async Task Tests_OnARealStack_Pass()
    {
        await using var stack = await LocalStack.StartAsync(new LocalStackOptions(), TestContext.Current.CancellationToken);

        await workspace.RunScriptAsync("test", new Dictionary<string, string> { [StackVariable] = stack.BaseAddress.ToString().TrimEnd('/') });
    }
}
