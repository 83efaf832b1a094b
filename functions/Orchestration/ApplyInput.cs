namespace MyriadSync.Orchestration;

/// <summary>Input of the apply activity.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="UpTo">The seq to reach.</param>
/// <param name="LastTry">Leave the rest to the queue when it does not work out.</param>
public sealed record ApplyInput(string Dataset, long UpTo, bool LastTry);
