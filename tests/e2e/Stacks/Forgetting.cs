using Microsoft.Extensions.DependencyInjection;
using MyriadSync.DevStack;
using MyriadSync.Retention;

namespace MyriadSync.E2ETests.Stacks;

/// <summary>Lets a dataset forget all of its log, as retention will when it has been left alone for long enough.</summary>
internal static class Forgetting
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public static async Task OfAsync(LocalStack stack, string dataset)
    {
        using var app = stack.BuildApp();
        await app.Services.GetRequiredService<RetentionStage>().RunAsync(dataset, TimeProvider.System.GetUtcNow() + Ahead, CancellationToken.None);
    }
}
