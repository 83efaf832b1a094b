using System.Buffers;

namespace MyriadSync.Contracts.Keys;

/// <summary>What datasets, stores and clients may be called. None of the alphabets holds <c>~</c>, which separates the parts of a row key.</summary>
public static class NameRules
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> NameChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    private static readonly SearchValues<char> ClientIdChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 - _ .</c>, the first a letter or digit.</summary>
    public static bool IsDataset(ReadOnlySpan<char> name) => IsName(name);

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 - _ .</c>, the first a letter or digit.</summary>
    public static bool IsStore(ReadOnlySpan<char> name) => IsName(name);

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 - _</c>.</summary>
    public static bool IsClientId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxLength && !id.ContainsAnyExcept(ClientIdChars);

    /// <summary>Ids that the service signs entries with itself: no client may call itself that.</summary>
    public static bool IsReserved(ReadOnlySpan<char> id) => id is RecordState.Myriad or RecordState.Operator;

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0]) && !name.ContainsAnyExcept(NameChars);
}
