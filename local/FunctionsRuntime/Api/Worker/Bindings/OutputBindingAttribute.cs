namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>A binding that sends the result on.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public abstract class OutputBindingAttribute : BindingAttribute;
