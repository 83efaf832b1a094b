using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Configuration;

/// <summary>Refuses to start an app whose stores ask for resolvers that it does not have: found at the first conflict, that would park changes for no fault of theirs.</summary>
/// <param name="services">Asked for the policies when the host starts: faulty store files have to be told first, and by themselves.</param>
internal sealed class ConflictResolverCheck(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var missing = services.GetRequiredService<PolicyCatalog>().Missing();
        return missing.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(string.Join(
                ' ', missing.Select(pair => $"Store '{pair.Store}' names the conflict resolver '{pair.Resolver}', which nobody registered: call AddConflictResolver(\"{pair.Resolver}\", …).")));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
