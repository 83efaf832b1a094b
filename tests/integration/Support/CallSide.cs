namespace MyriadSync.IntegrationTests.Support;

/// <summary>On which side of its effect a call is held.</summary>
internal enum CallSide
{
    /// <summary>Nothing is done yet.</summary>
    Before,

    /// <summary>It is done, and the caller does not know yet.</summary>
    After,
}
