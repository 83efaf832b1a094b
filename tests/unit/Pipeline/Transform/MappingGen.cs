using System.Text;
using CsCheck;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform.Encodings;
using MyriadSync.UnitTests.Contracts;
using MyriadSync.UnitTests.Contracts.Values;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Transform;

/// <summary>Random mappings, and records that suit them more often than not.</summary>
internal static class MappingGen
{
    private static readonly string[] Names = ["a", "b", "name", "pop", "lat", "été", "$x", "", "due date", "z.z"];

    private static readonly Gen<string> InDomain = Gen.OneOf(
        Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Double.Select(number => Json(new ModelDouble(number).ToJson(0))),
        RandomText.Any.Select(text => Json(RandomText.ToJson(text, 0))),
        Gen.Bool.Select(flag => flag ? "true" : "false"),
        Gen.Byte.Array[0, 9].Select(bytes => $$"""{"$binary":"{{Convert.ToBase64String(bytes)}}"}"""),
        Gen.Long.Select(number => $$"""{"$bigint":"{{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}}"}"""),
        ModelValue.Any.Select(value => Json(value.ToJson(0))));

    private static readonly Gen<FieldMapping> Field = Gen.Select(
        Gen.Enum<CellEncoding>(), Gen.Int[0, 9], InDomain.Array[1], Gen.Enum<BadCell>(), Gen.Bool,
        (encoding, kind, value, bad, required) => new FieldMapping
        {
            Column = kind == 0 ? null : "?",
            Encoding = encoding,
            Default = kind is 1 or 0 && CellCodecs.Of(encoding).TryEncode(Encoding.UTF8.GetBytes(value[0]), out _) ? Encoding.UTF8.GetBytes(value[0]) : (ReadOnlyMemory<byte>?)null,
            OnBadCell = bad,
            Required = required,
        });

    /// <summary>Mappings of some of the names, over three families, with and without constants.</summary>
    public static readonly Gen<StoreMapping> Mapping = Gen.Select(
        Gen.Shuffle(Names), Gen.Int[0, 7], Field.Array[7], Gen.Int[0, 2].Array[7], Gen.Enum<OtherFields>(), Gen.Bool,
        (names, count, fields, families, others, constants) => new StoreMapping
        {
            Fields = Enumerable.Range(0, count).ToDictionary(
                i => names[i],
                i => fields[i].Column is null ? fields[i] : fields[i] with { Column = $"{"dgx"[families[i]]}:{Qualifiers.Encode(families[i] == 0 ? Next(names[i]) : names[i])}" }),
            Constants = constants ? new Dictionary<string, ReadOnlyMemory<byte>> { ["k:type"] = new byte[] { 1, 2 } } : new Dictionary<string, ReadOnlyMemory<byte>>(),
            Others = others,
        });

    /// <summary>Records over the same names and others.</summary>
    public static readonly Gen<RecordValue> Record = Gen.Frequency(
        (9, Gen.Dictionary(Gen.OneOf(Gen.OneOf(Names), RandomText.Any), InDomain)[0, 8].Select(fields =>
            RecordValue.FromFields(fields.Select(field => new RecordField(field.Key, Encoding.UTF8.GetBytes(field.Value)))))),
        (1, ModelValue.Any.Select(value => Build.Value(value.ToJson(0)))));

    /// <summary>Whatever a job may leave in a cell.</summary>
    public static readonly Gen<byte[]> Cell = Gen.OneOf(Gen.Byte.Array[0, 12], Gen.Byte.Array[8], InDomain.Select(Encoding.UTF8.GetBytes));

    // In family d fields take each other's names, which is where a mapping can go wrong.
    private static string Next(string name) => Names[(Array.IndexOf(Names, name) + 1) % Names.Length];

    private static string Json(string json) => Encoding.UTF8.GetString(Build.Value(json).Json.Span);
}
