using Microsoft.AspNetCore.Http;
using MyriadSync.Triggers.Http;

namespace MyriadSync.UnitTests.Triggers.Http;

public sealed class QueryReaderTests
{
    [Fact]
    public void Token_GivenTwice_IsOneError()
    {
        var query = new QueryReader(new DefaultHttpContext { Request = { QueryString = new QueryString("?page=a&page=b") } }.Request);

        var token = query.Token("page");

        Assert.Null(token);
        Assert.Equal("given-twice", Assert.Single(query.Problem!.Errors).Reason);
    }
}
