namespace MyriadSync.Contracts.Stores;

/// <summary>What becomes of a row in which a job left a cell that its encoding cannot read, or no cell where the schema demands one.</summary>
public enum BadCell
{
    /// <summary>The field has its default, or is left out when it has none.</summary>
    Default,

    /// <summary>The row is parked as a poison entry that names column and encoding; the record in effect stays.</summary>
    Poison,
}
