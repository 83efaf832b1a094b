namespace MyriadSync.Contracts.Stores;

/// <summary>What becomes of fields that no mapping names.</summary>
public enum OtherFields
{
    /// <summary>A JSON cell each, in family <c>d</c>, the field's name as the column.</summary>
    Json,

    /// <summary>They are not stored; the client's copy loses them.</summary>
    Drop,

    /// <summary>A change that has one is rejected.</summary>
    Reject,
}
