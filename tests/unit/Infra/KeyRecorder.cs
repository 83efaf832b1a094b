using Microsoft.Extensions.Configuration;

namespace MyriadSync.UnitTests.Infra;

/// <summary>A source of settings that has none, and remembers which ones were asked for.</summary>
internal sealed class KeyRecorder : ConfigurationProvider, IConfigurationSource
{
    /// <summary>Keys that were asked for.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <inheritdoc/>
    public override bool TryGet(string key, out string? value)
    {
        Keys.Add(key);
        value = null;
        return false;
    }
}
