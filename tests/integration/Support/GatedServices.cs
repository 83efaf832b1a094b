using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Puts the gates of a test into an app, for <c>LocalStackOptions.ConfigureServices</c>.</summary>
internal static class GatedServices
{
    /// <summary>Change log and record store of the app with the test's gates.</summary>
    public static void AddGates(this IServiceCollection services, GatedCalls log, GatedCalls store)
    {
        services.Decorate<IChangeLog>(inner => new GatedChangeLog(inner, log));
        services.Decorate<IRecordStore>(inner => new GatedRecordStore(inner, store));
    }

    /// <summary>Puts a wrapper round a registered singleton; the inner one is made, and disposed of, with it by the app.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap((T)(inner.ImplementationInstance
            ?? inner.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
