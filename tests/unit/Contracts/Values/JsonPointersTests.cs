using CsCheck;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed class JsonPointersTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/a/b", "a", "b")]
    [InlineData("/a~1b/m~0n", "a/b", "m~n")]
    [InlineData("/~01", "~1")]
    [InlineData("/ /%25", " ", "%25")]
    [InlineData("//", "", "")]
    public void TryParse_Pointer_GivesItsSegments(string text, params string[] expected)
    {
        Assert.True(JsonPointers.TryParse(text, out var segments));
        Assert.Equal(expected, segments);
        Assert.Equal(text, JsonPointers.Format(segments!));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("#/a")]
    [InlineData(" /a")]
    [InlineData("/~")]
    [InlineData("/a~2")]
    [InlineData("/~~0")]
    public void TryParse_OtherText_IsRefused(string text)
    {
        Assert.False(JsonPointers.TryParse(text, out _));
    }

    [Fact]
    public void TryParse_AnySegments_GivesThemBack()
    {
        Property.Holds(RandomText.Any.Array[0, 4], segments =>
        {
            var text = segments.Aggregate("", JsonPointers.Append);

            Assert.Equal(text, JsonPointers.Format(segments), StringComparer.Ordinal);
            Assert.True(JsonPointers.TryParse(text, out var parsed));
            Assert.Equal(segments, parsed!, StringComparer.Ordinal);
        });
    }
}
