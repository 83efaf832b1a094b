namespace MyriadSync.Contracts.Values;

/// <summary>
/// Adds canonical decimals of any length digit by digit. A bigint may have as many digits as a value has bytes, and converting that to binary and back
/// takes far longer than adding it.
/// </summary>
internal static class DecimalText
{
    /// <summary>The canonical sum of two canonical decimals.</summary>
    public static byte[] Add(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftNegative, rightNegative) = (left[0] == '-', right[0] == '-');
        if (leftNegative) left = left[1..];
        if (rightNegative) right = right[1..];
        if (leftNegative == rightNegative) return Sum(left, right, leftNegative);

        var order = left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
        if (order == 0) return "0"u8.ToArray();
        return order > 0 ? Difference(left, right, leftNegative) : Difference(right, left, rightNegative);
    }

    private static byte[] Sum(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool negative)
    {
        var digits = new byte[Math.Max(left.Length, right.Length) + 1];
        var carry = 0;
        for (var place = 1; place <= digits.Length; place++)
        {
            var sum = Digit(left, place) + Digit(right, place) + carry;
            carry = sum / 10;
            digits[^place] = (byte)('0' + (sum % 10));
        }

        return Trim(digits, negative);
    }

    // The larger comes first.
    private static byte[] Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool negative)
    {
        var digits = new byte[left.Length];
        var borrow = 0;
        for (var place = 1; place <= digits.Length; place++)
        {
            var difference = Digit(left, place) - Digit(right, place) - borrow;
            borrow = difference < 0 ? 1 : 0;
            digits[^place] = (byte)('0' + difference + (10 * borrow));
        }

        return Trim(digits, negative);
    }

    private static int Digit(ReadOnlySpan<byte> digits, int place) => place <= digits.Length ? digits[^place] - '0' : 0;

    private static byte[] Trim(ReadOnlySpan<byte> digits, bool negative)
    {
        var first = digits.IndexOfAnyExcept((byte)'0');
        if (first < 0) return "0"u8.ToArray();
        return negative ? [(byte)'-', .. digits[first..]] : digits[first..].ToArray();
    }
}
