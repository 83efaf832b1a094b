namespace MyriadSync.Contracts.Stores;

/// <summary>Which way a conversion between numbers and texts goes.</summary>
public enum NumberText
{
    /// <summary>Numbers become texts.</summary>
    Text,

    /// <summary>Texts become numbers.</summary>
    Number,
}
