using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public class ProblemPageTests
{
    [Fact]
    public void Find_EveryCode_HasCauseRemedyAndExample()
    {
        foreach (var code in ProblemCatalog.Codes)
        {
            var page = ProblemPages.Find(code);

            Assert.NotNull(page);
            Assert.StartsWith($"### `{code}`\n\n{ProblemCatalog.Of(code).Status}", page, StringComparison.Ordinal);
            Assert.Contains("\n*Remedy:* ", page, StringComparison.Ordinal);
            Assert.Contains("\n*Example:* ", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\n#", page[1..], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cursor-gone", 200)]
    [InlineData("nonsense", 404)]
    public async Task Get_Code_IsItsSection(string code, int status)
    {
        var context = await HttpFixture.ExecuteAsync(ProblemPageFunction.Run(HttpFixture.Context().Request, code));

        Assert.Equal(status, context.Response.StatusCode);
    }
}
