namespace MyriadSync.Contracts;

/// <summary>What a change does to its record. An unknown name on the wire is a rejected change, never a default.</summary>
public enum ChangeOp
{
    /// <summary>The record becomes the given value.</summary>
    Put,

    /// <summary>Parts of the record change; see <see cref="PatchBody"/>.</summary>
    Patch,

    /// <summary>The record goes.</summary>
    Delete,
}
