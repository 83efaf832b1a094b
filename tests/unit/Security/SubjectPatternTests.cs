using CsCheck;
using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

public class SubjectPatternTests
{
    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("Ada_L-1", "Ada_L-1")]
    [InlineData("a.b", "a.2Eb")]
    [InlineData("auth0|5f7", "auth0.7C5f7")]
    [InlineData("å", ".C3.A5")]
    [InlineData("a~b/c", "a.7Eb.2Fc")]
    public void Escape_Subject_KeepsToTheAlphabet(string sub, string expected)
    {
        var escaped = SubjectPattern.Escape(sub);

        Assert.Equal(expected, escaped);
    }

    [Fact]
    public void Escape_TwoSubjects_NeverMeet()
    {
        var subject = Gen.OneOf(Gen.String[Gen.Char["ab.2E-"], 0, 6], Gen.String[Gen.Char["aåé€.0"], 0, 4]);

        Gen.Select(subject, subject).Sample((one, other) => one == other || SubjectPattern.Escape(one) != SubjectPattern.Escape(other), iter: 20_000);
    }

    [Theory]
    [InlineData("todos", true)]
    [InlineData("team-*", true)]
    [InlineData("user-{sub}", true)]
    [InlineData("{sub}-todos", true)]
    [InlineData("{sub}{sub}", false)]
    [InlineData("{sub}-*", false)]
    public void Fault_Pattern_RefusesWhatReachesOtherUsers(string pattern, bool sound)
    {
        var fault = SubjectPattern.Fault(pattern);

        Assert.Equal(sound, fault is null);
    }

    [Theory]
    [InlineData("user-{sub}", "user-{sub}-todos", true)]
    [InlineData("{sub}", "x-{sub}", true)]
    [InlineData("{sub}-todos", "{sub}-notes", false)]
    [InlineData("user-{sub}", "team-{sub}", false)]
    [InlineData("user-{sub}", "user-{sub}", false)]
    [InlineData("user-{sub}", "user-*", false)]
    public void Collide_TwoPatterns_ToldIfTheyCanNameOneDataset(string left, string right, bool expected)
    {
        var collide = SubjectPattern.Collide(left, right);

        Assert.Equal(expected, collide);
    }
}
