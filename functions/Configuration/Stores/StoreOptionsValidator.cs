using Microsoft.Extensions.Options;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Configuration.Stores;

/// <summary>Refuses to start an app with a faulty store file, and tells every fault of every file.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var faults = StoreFiles.Load(options).Faults;
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => $"Stores: {fault}"));
    }
}
