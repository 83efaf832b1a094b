using System.Text.RegularExpressions;
using CsCheck;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.UnitTests.Contracts.Keys;

public sealed partial class KeyPropertyTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    [Fact]
    public void Encoded_AnyTwoKeys_SortAsIndexedDbSortsTheKeys()
    {
        // Two arrays that share a prefix try the terminators, which two random keys rarely do.
        var pairs = Gen.OneOf(
            Gen.Select(ModelKey.Any, ModelKey.Any),
            Gen.Select(ModelKey.Any.Array[0, 3], ModelKey.Any.Array[0, 2], ModelKey.Any.Array[0, 2], (shared, left, right) =>
                ((ModelKey)new ModelArray([.. shared, .. left]), (ModelKey)new ModelArray([.. shared, .. right]))),
            Gen.Select(RandomText.Any, RandomText.Any, RandomText.Any, (shared, left, right) =>
                ((ModelKey)new ModelString(shared + left), (ModelKey)new ModelString(shared + right))));

        Property.Holds(pairs, pair =>
        {
            var (left, right) = (Encode(pair.Item1), Encode(pair.Item2));

            Assert.Equal(Math.Sign(ModelKey.Compare(pair.Item1, pair.Item2)), Math.Sign(string.CompareOrdinal(left.Encoded, right.Encoded)));
            Assert.Equal(ModelKey.Compare(pair.Item1, pair.Item2) == 0, left == right);
        });
    }

    [Fact]
    public void TryDecode_AnyEncodedKey_GivesTheKeyBack()
    {
        Property.Holds(Gen.Select(ModelKey.Any, Gen.Int), pair =>
        {
            var key = WireDocument.Key(pair.Item1.ToJson(pair.Item2));

            Assert.True(RecordKey.TryDecode(key.Encoded, out var decoded));
            Assert.Equal(key, decoded);
            Assert.Equal(key.GetHashCode(), decoded.GetHashCode());
            Assert.Equal(key, WireDocument.Key(WireDocument.KeyJson(decoded)));
            Assert.Equal(Encode(pair.Item1), key);
        });
    }

    [Fact]
    public void Encoded_AnyKey_KeepsToTheAlphabet() =>
        Property.Holds(ModelKey.Any, key => Assert.Matches(AlphabetPattern(), Encode(key).Encoded));

    [Fact]
    public void TryDecode_AnyAlteredEncoding_IsRefusedOrTheEncodingOfAnotherKey()
    {
        var alterations = Gen.Select(ModelKey.Any, Gen.Int[0, 2000], Gen.OneOf(Gen.OneOf(Alphabet.ToCharArray()), Gen.Char), Gen.Int[0, 2]);

        Property.Holds(alterations, altered =>
        {
            var (key, at, unit, kind) = altered;
            var encoded = Encode(key).Encoded;
            at %= encoded.Length;
            var text = kind switch { 0 => encoded.Remove(at, 1), 1 => encoded.Insert(at, unit.ToString()), _ => encoded[..at] + unit + encoded[(at + 1)..] };

            if (RecordKey.TryDecode(text, out var decoded)) Assert.Equal(text, WireDocument.Key(WireDocument.KeyJson(decoded)).Encoded);
        });
    }

    private static RecordKey Encode(ModelKey key) => WireDocument.Key(key.ToJson(spelling: 0));

    [GeneratedRegex("^[-A-Za-z0-9._~]+$")]
    private static partial Regex AlphabetPattern();
}
