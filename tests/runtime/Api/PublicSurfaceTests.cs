using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Tests.Api;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void PublicMembers_InMicrosoftNamespaces_AreThoseOfTheGenuinePackages()
    {
        var listing = GenuineListing.Find();
        Assert.SkipWhen(listing is null, "The listing of the genuine API is not here: put it at ../shared/api/genuine.txt, or set MYRIADSYNC_SHARED to the folder that holds api/genuine.txt.");
        var genuine = File.ReadLines(listing).ToHashSet(StringComparer.Ordinal);

        var members = PublicMembers.Of(typeof(FunctionAttribute).Assembly.Location).Where(m => m.StartsWith("Microsoft.", StringComparison.Ordinal)).ToList();
        var beyond = members.Where(m => !genuine.Contains(m)).ToList();

        Assert.True(members.Count > 200, $"Only {members.Count} members were found.");
        Assert.True(beyond.Count == 0, $"Not in the genuine API:\n{string.Join('\n', beyond)}");
    }
}
