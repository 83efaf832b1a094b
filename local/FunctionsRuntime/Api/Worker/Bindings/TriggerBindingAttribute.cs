namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>The binding that starts a function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
