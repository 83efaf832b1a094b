using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>One stack for all tests of a class (<c>IClassFixture&lt;StackFixture&gt;</c>); they keep apart by datasets of their own.</summary>
public sealed class StackFixture(SharedAzurite azurite) : IAsyncLifetime
{
    /// <summary>The stack.</summary>
    public LocalStack Stack { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stack = await azurite.StartStackAsync();

    public async ValueTask DisposeAsync() => await Stack.DisposeAsync();
}
