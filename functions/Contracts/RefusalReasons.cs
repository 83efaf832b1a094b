namespace MyriadSync.Contracts;

/// <summary>The stable reason codes of keys, values and patches. They are wire format: never rename one.</summary>
public static class RefusalReasons
{
    /// <summary>The store's file names roles for writing, and the caller has none of them.</summary>
    public const string Access = "access";

    /// <summary>The JSON is no IndexedDB key: true, false, null, NaN, an object without a key tag.</summary>
    public const string NotAKey = "not-a-key";

    /// <summary>The encoded key would be longer than a row key may be.</summary>
    public const string KeyTooLong = "key-too-long";

    /// <summary>Key arrays are nested deeper than allowed.</summary>
    public const string KeyTooDeep = "key-too-deep";

    /// <summary>The store's table on the cluster can have no row of this key.</summary>
    public const string KeyNotStorable = "key-not-storable";

    /// <summary>A field that the record's key holds is to be something else.</summary>
    public const string KeyMismatch = "key-mismatch";

    /// <summary>A member name starts with <c>$</c> where no such tag exists, or a tag has company.</summary>
    public const string UnknownTag = "unknown-tag";

    /// <summary><c>$date</c> holds something other than a whole number of milliseconds in the range of a Date (or null, in a value).</summary>
    public const string InvalidDate = "invalid-date";

    /// <summary><c>$binary</c> holds something other than canonical, padded base64.</summary>
    public const string InvalidBinary = "invalid-binary";

    /// <summary><c>$bigint</c> holds something other than a canonical decimal.</summary>
    public const string InvalidBigInt = "invalid-bigint";

    /// <summary><c>$map</c> holds something other than an array of pairs.</summary>
    public const string InvalidMap = "invalid-map";

    /// <summary><c>$set</c> holds something other than an array.</summary>
    public const string InvalidSet = "invalid-set";

    /// <summary><c>$undefined</c> holds something other than true.</summary>
    public const string InvalidUndefined = "invalid-undefined";

    /// <summary><c>$number</c> holds something other than the numbers that JSON cannot write.</summary>
    public const string InvalidNumber = "invalid-number";

    /// <summary><c>$object</c> holds something other than an object.</summary>
    public const string InvalidObject = "invalid-object";

    /// <summary>A JSON number that no double can hold.</summary>
    public const string NumberOutOfRange = "number-out-of-range";

    /// <summary>A string or member name that is not UTF-8.</summary>
    public const string InvalidUtf8 = "invalid-utf8";

    /// <summary>An object has two members of the same name.</summary>
    public const string DuplicateName = "duplicate-name";

    /// <summary>Containers are nested deeper than allowed.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>The canonical form has more bytes than allowed.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Not a JSON Pointer.</summary>
    public const string InvalidPointer = "invalid-pointer";

    /// <summary>A patch addresses the record as a whole: that is a put.</summary>
    public const string PointerToRoot = "pointer-to-root";

    /// <summary>A patch leads through something that is no plain object.</summary>
    public const string NotAnObject = "not-an-object";

    /// <summary>An increment meets, or is, something that it cannot be added to.</summary>
    public const string NotANumber = "not-a-number";

    /// <summary>An increment would leave the range of a double.</summary>
    public const string NotFinite = "not-finite";

    /// <summary>Elements are added to, or removed from, something that is neither an array nor a set.</summary>
    public const string NotASet = "not-a-set";
}
