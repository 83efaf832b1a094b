namespace MyriadSync.Contracts.Tables;

/// <summary>A field of a row-key template.</summary>
/// <param name="Name">What the template calls it.</param>
/// <param name="Index">Its place in an array key; -1: it is the dataset.</param>
/// <param name="IsInteger">A whole number in decimal; otherwise a text.</param>
/// <param name="Separator">What follows it in the row key; of the last field, what the row key ends with.</param>
internal sealed record TemplateField(string Name, int Index, bool IsInteger, string Separator)
{
    /// <summary>The field that names the dataset.</summary>
    public const string Dataset = "dataset";

    /// <summary>It is the dataset.</summary>
    public bool IsDataset => Index < 0;
}
