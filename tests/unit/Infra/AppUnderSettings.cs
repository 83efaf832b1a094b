using System.Collections;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MyriadSync.Configuration;

namespace MyriadSync.UnitTests.Infra;

/// <summary>The app put together on given settings, without starting it.</summary>
internal sealed class AppUnderSettings : IAsyncDisposable
{
    private readonly KeyRecorder _recorder = new();
    private readonly ServiceProvider _services;
    private readonly HashSet<string> _sections = [];
    private readonly HashSet<string> _properties = [];

    public AppUnderSettings(Dictionary<string, string?> settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        ((IConfigurationBuilder)builder.Configuration).AddInMemoryCollection(settings).Add(_recorder);
        _recorder.Keys.Clear();
        builder.AddMyriadSync();
        _services = builder.Services.BuildServiceProvider();
        foreach (var service in builder.Services.Select(service => service.ServiceType).Where(IsOurOptions).Distinct().ToList())
        {
            Bind(service);
        }
    }

    /// <summary>The settings that the app knows: those that hold a value, or a list.</summary>
    public IEnumerable<string> Known => _properties.Union(_recorder.Keys.Where(key =>
        !_sections.Contains(key) && !IsSystem(key) && !HasParts(key) && !char.IsDigit(key[(key.LastIndexOf(':') + 1)..][0])));

    /// <summary>Whatever the app asked for, sections and items of lists among it.</summary>
    public IReadOnlySet<string> Asked => _recorder.Keys;

    /// <summary>Checks what is checked when the app starts.</summary>
    public void Validate() => _services.GetRequiredService<IStartupValidator>().Validate();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Binds options anew. The first key that is asked for is their section; a section without any setting is not looked into, so its keys follow from the type.</summary>
    private void Bind(Type configure)
    {
        var type = configure.GetGenericArguments()[0];
        foreach (var step in _services.GetServices(configure))
        {
            var before = _recorder.Keys.ToHashSet();
            configure.GetMethod(nameof(IConfigureOptions<>.Configure))!.Invoke(step, [Activator.CreateInstance(type)]);
            if (_recorder.Keys.Except(before).MinBy(key => key.Length) is { } section)
            {
                _sections.Add(section);
                AddProperties(section, type);
            }
        }
    }

    private void AddProperties(string section, Type type)
    {
        foreach (var property in type.GetProperties())
        {
            var key = $"{section}:{property.Name}";
            if (!typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType is { IsClass: true } part)
            {
                AddProperties(key, part);
            }
            else
            {
                _properties.Add(key);
            }
        }
    }

    private static bool IsOurOptions(Type service) => service.IsConstructedGenericType
        && service.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
        && service.GetGenericArguments()[0].Namespace!.StartsWith(nameof(MyriadSync), StringComparison.Ordinal);

    private static bool IsSystem(string key) => key.StartsWith("Logging", StringComparison.Ordinal) || key.StartsWith("FunctionsRuntime", StringComparison.Ordinal);

    private bool HasParts(string key) => _recorder.Keys.Any(other =>
        other.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase) && !char.IsDigit(other[key.Length + 1]));
}
