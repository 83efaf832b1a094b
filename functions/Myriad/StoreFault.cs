namespace MyriadSync.Myriad;

/// <summary>Why an operation on the record store gave no result. None of them says anything about the data: no fault ever poisons or loses a change.</summary>
public enum StoreFault
{
    /// <summary>The operation was carried out.</summary>
    None,

    /// <summary>Nothing is known; the same call may succeed later. A write may have been carried out in part, or may still be.</summary>
    Unavailable,

    /// <summary>The store does not accept our credentials, or they may not do this. An operator has to act.</summary>
    Unauthorized,

    /// <summary>Addresses, tables or families are not as we need them, or we sent something that the store does not understand. Somebody has to mend it; the same call may succeed after that.</summary>
    Misconfigured,
}
