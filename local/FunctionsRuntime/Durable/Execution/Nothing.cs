namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Result of an activity whose result is not wanted: it is not even read.</summary>
internal readonly struct Nothing;
