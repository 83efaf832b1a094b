namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>The app's functions are declared in a way that cannot work; thrown at start, naming function and reason.</summary>
internal sealed class FunctionAppException(string message) : InvalidOperationException(message);
