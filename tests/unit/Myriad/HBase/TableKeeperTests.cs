using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class TableKeeperTests
{
    private static readonly FakeAnswer NoTable = FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.TableNotFoundException: t");

    [Fact]
    public async Task EnsureTableAsync_NothingThere_CreatesNamespaceAndTableInThatOrder()
    {
        var created = false;
        using var under = new StoreUnderTest(request =>
        {
            created |= request.Is("POST", "/ns:t/schema");
            return request.Is("GET", "/ns:t/schema") ? (created ? FakeAnswer.Families("d", "m") : NoTable)
                : request.Is("GET", "/namespaces/ns") ? FakeAnswer.Failed
                : new FakeAnswer(201);
        });

        var answer = await Ensure(under);

        Assert.Equal((StoreFault.None, null), (answer.Fault, answer.Reason));
        Assert.Equal(
            ["GET /ns:t/schema", "GET /namespaces/ns", "POST /namespaces/ns", "POST /ns:t/schema", "GET /ns:t/schema"],
            under.Gateway.Requests.Select(request => $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task EnsureTableAsync_AllThere_ChangesNothingAndLooksOnce()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Families("d", "m", "x"));

        var answers = await Task.WhenAll(Ensure(under), Ensure(under), Ensure(under));
        var later = await Ensure(under);

        Assert.All([.. answers, later], answer => Assert.Equal(StoreFault.None, answer.Fault));
        Assert.Equal(0, under.Gateway.Count("POST", "/"));
        Assert.InRange(under.Gateway.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task EnsureTableAsync_SomebodyElseIsFirst_IsWell()
    {
        var looks = 0;
        using var under = new StoreUnderTest(request =>
            request.Is("GET", "/ns:t/schema") ? (looks++ == 0 ? NoTable : FakeAnswer.Families("d", "m"))
            : request.Is("GET", "/namespaces/ns") ? (looks == 1 ? FakeAnswer.Failed : new FakeAnswer(200, "{}"))
            : request.Is("POST", "/namespaces") ? Raced()
            : new FakeAnswer(304));

        var answer = await Ensure(under);

        Assert.Equal((StoreFault.None, null), (answer.Fault, answer.Reason));

        FakeAnswer Raced()
        {
            looks++;
            return new(403, "Namespace 'ns' already exists.  Use REST PUT to alter the existing namespace.");
        }
    }

    [Theory]
    [InlineData(503, "Unavailable\r\n", StoreFault.Unavailable)]
    [InlineData(403, "", StoreFault.Unauthorized)]
    [InlineData(404, "<html>", StoreFault.Misconfigured)]
    [InlineData(200, "<html>", StoreFault.Unavailable)]
    [InlineData(200, "{}", StoreFault.Unavailable)]
    public async Task EnsureTableAsync_SchemaCannotBeRead_ChangesNothingAndIsNotRemembered(int status, string body, StoreFault expected)
    {
        using var under = new StoreUnderTest(_ => new FakeAnswer(status, body));

        var first = await Ensure(under);
        var second = await Ensure(under);

        Assert.Equal((expected, expected), (first.Fault, second.Fault));
        Assert.Equal(2, under.Gateway.Requests.Count);
        Assert.Equal(0, under.Gateway.Count("POST", "/"));
    }

    [Fact]
    public async Task EnsureTableAsync_CreationIsForbidden_SaysSo()
    {
        using var under = new StoreUnderTest(request => request.Method == HttpMethod.Post ? new FakeAnswer(403) : request.Is("GET", "/ns:t/schema") ? NoTable : FakeAnswer.Ok);

        var answer = await Ensure(under);

        Assert.Equal(StoreFault.Unauthorized, answer.Fault);
    }

    [Fact]
    public async Task EnsureTableAsync_OneCallerGivesUp_TheOthersStillGetTheirAnswer()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Hangs);
        using var giveUp = new CancellationTokenSource();

        var first = under.Store.EnsureTableAsync(StoreUnderTest.Table, giveUp.Token);
        await under.Gateway.Hung.WaitAsync(TestContext.Current.CancellationToken);
        var second = Ensure(under);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var answer = await under.TimeOutAsync(second);

        Assert.Equal(StoreFault.Unavailable, answer.Fault);
        Assert.Single(under.Gateway.Requests);
    }

    /// <summary>A table that others made is looked at, and left as it is but for the one family that may be added.</summary>
    [Theory]
    [InlineData(null, "the table ns:t of store s does not exist, and is not created here")]
    [InlineData("sync", "the table ns:t of store s has no family cf, and none is added here")]
    [InlineData("cf", null)]
    [InlineData("cf sync", null)]
    public async Task EnsureTableAsync_TableOfOthers_IsNeverMadeNorGivenTheirFamilies(string? families, string? trouble)
    {
        var added = false;
        using var under = new StoreUnderTest(
            request =>
            {
                added |= request.Is("POST", "/ns:t/schema");
                return families is null ? NoTable : FakeAnswer.Families(added ? ["cf", "sync"] : families.Split(' '));
            },
            others: new() { [StoreUnderTest.Table] = new() { Store = "s", Families = ["cf", "sync"], MayAdd = ["sync"] } });

        var answer = await Ensure(under);

        Assert.Equal((trouble is null ? StoreFault.None : StoreFault.Misconfigured, trouble), (answer.Fault, answer.Reason));
        Assert.Equal(families == "cf" ? 1 : 0, under.Gateway.Count("POST", "/"));
        Assert.All(under.Gateway.Requests.Where(request => request.Is("POST", "/")), request => Assert.DoesNotContain("\"cf\"", request.Body, StringComparison.Ordinal));
    }

    private static Task<StoreAnswer> Ensure(StoreUnderTest under) => under.Store.EnsureTableAsync(StoreUnderTest.Table, TestContext.Current.CancellationToken);
}
