using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Invocation;

internal sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> bindingData) : BindingContext
{
    /// <summary>Nothing supplied.</summary>
    public static LocalBindingContext Empty { get; } = new(new Dictionary<string, object?>());

    public override IReadOnlyDictionary<string, object?> BindingData { get; } = bindingData;
}
