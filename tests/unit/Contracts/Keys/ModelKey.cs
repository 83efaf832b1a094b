using System.Globalization;
using CsCheck;

namespace MyriadSync.UnitTests.Contracts.Keys;

/// <summary>An IndexedDB key as the specification of IndexedDB has it, without our encoding: the reference that the encoding is measured against.</summary>
internal abstract record ModelKey
{
    /// <summary>Random keys, biased towards ones that are close to each other.</summary>
    public static readonly Gen<ModelKey> Any = Create(depth: 4);

    /// <summary>The type's place in the order of types.</summary>
    protected abstract int Rank { get; }

    /// <summary>The order of IndexedDB, section "compare two keys".</summary>
    public static int Compare(ModelKey left, ModelKey right) => (left, right) switch
    {
        (ModelNumber l, ModelNumber r) => l.Value.CompareTo(r.Value),
        (ModelDate l, ModelDate r) => l.Value.CompareTo(r.Value),
        (ModelString l, ModelString r) => CompareLists(l.Value.Select(unit => (int)unit).ToList(), r.Value.Select(unit => (int)unit).ToList(), (x, y) => x - y),
        (ModelBinary l, ModelBinary r) => CompareLists(l.Value, r.Value, (x, y) => x - y),
        (ModelArray l, ModelArray r) => CompareLists(l.Value, r.Value, Compare),
        _ => left.Rank - right.Rank,
    };

    /// <summary>The key on the wire.</summary>
    public abstract string ToJson(int spelling);

    private static Gen<ModelKey> Create(int depth)
    {
        var number = Gen.Frequency(
                (3, Gen.Int[-3, 3].Select(value => (double)value)),
                (3, Gen.Double),
                (1, Gen.OneOf(double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 0.5, -0.5)))
            .Where(value => !double.IsNaN(value)).Select(value => (ModelKey)new ModelNumber(value + 0.0));
        var date = Gen.Frequency((1, Gen.Long[-3, 3]), (1, Gen.Long[-8640000000000000, 8640000000000000])).Select(value => (ModelKey)new ModelDate(value));
        var text = RandomText.Any.Select(value => (ModelKey)new ModelString(value));
        var binary = Gen.Byte.Array[0, 4].Select(value => (ModelKey)new ModelBinary(value));
        if (depth == 0) return Gen.Frequency((1, number), (1, date), (2, text), (1, binary));

        var array = Create(depth - 1).Array[0, 3].Select(value => (ModelKey)new ModelArray(value));
        return Gen.Frequency((1, number), (1, date), (2, text), (1, binary), (2, array));
    }

    private static int CompareLists<T>(IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, T, int> compare)
    {
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var order = compare(left[i], right[i]);
            if (order != 0) return order;
        }

        return left.Count - right.Count;
    }
}

internal sealed record ModelNumber(double Value) : ModelKey
{
    protected override int Rank => 0;

    public override string ToJson(int spelling) => double.IsFinite(Value)
        ? Value.ToString(spelling % 2 == 0 ? "R" : "E16", CultureInfo.InvariantCulture)
        : $$"""{"$number":"{{(Value > 0 ? "" : "-")}}Infinity"}""";
}

internal sealed record ModelDate(long Value) : ModelKey
{
    protected override int Rank => 1;

    public override string ToJson(int spelling) => $$"""{ "$date" : {{Value.ToString(CultureInfo.InvariantCulture)}} }""";
}

internal sealed record ModelString(string Value) : ModelKey
{
    protected override int Rank => 2;

    public override string ToJson(int spelling) => RandomText.ToJson(Value, spelling);
}

internal sealed record ModelBinary(byte[] Value) : ModelKey
{
    protected override int Rank => 3;

    public override string ToJson(int spelling) => $$"""{"$binary":"{{Convert.ToBase64String(Value)}}"}""";
}

internal sealed record ModelArray(ModelKey[] Value) : ModelKey
{
    protected override int Rank => 4;

    public override string ToJson(int spelling) => $"[ {string.Join(" , ", Value.Select(element => element.ToJson(spelling)))} ]";
}
