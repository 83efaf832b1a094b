namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>A binding that hands something in.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute;
