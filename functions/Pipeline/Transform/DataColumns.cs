using System.Buffers;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Pipeline.Transform;

/// <summary>Columns of family <c>d</c> for fields that have no place of their own: the field's name, encoded.</summary>
internal static class DataColumns
{
    /// <summary>The family of every table.</summary>
    public const string Family = "d";

    /// <summary>Family and colon.</summary>
    public const string Prefix = Family + ":";

    /// <summary>The column of a record that is no plain object.</summary>
    public const string Root = Prefix + Qualifiers.Root;

    // What stands for itself in a qualifier: the common name needs no decoding.
    private static readonly SearchValues<char> Verbatim = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The column of a field's qualifier.</summary>
    public static string Of(string qualifier) => Prefix + qualifier;

    /// <summary>Whether the column can hold a field, or a root value. A name that is no encoded field name is a job's own.</summary>
    public static bool IsField(string column) => column.StartsWith(Prefix, StringComparison.Ordinal)
        && column.Length > Prefix.Length
        && (!column.AsSpan(Prefix.Length).ContainsAnyExcept(Verbatim) || column == Root || Qualifiers.TryDecode(column.AsSpan(Prefix.Length), out _));
}
