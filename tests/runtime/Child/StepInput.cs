namespace MyriadSync.FunctionsRuntime.Child;

public sealed record StepInput(string Step, long Previous);
