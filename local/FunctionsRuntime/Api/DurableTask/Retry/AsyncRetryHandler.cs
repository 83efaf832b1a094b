namespace Microsoft.DurableTask;

/// <summary>Says whether a failed call is tried again; it may await durable timers, and nothing else.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
