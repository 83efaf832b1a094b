using MyriadSync.Myriad;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class ReadAsyncTests
{
    [Fact]
    public async Task ReadAsync_FastAnswerOfANewGateway_IsBelieved()
    {
        using var under = new StoreUnderTest(request => request.Path == "/version" ? FakeAnswer.Version("2.6.1") : FakeAnswer.Rows("a"));

        var read = await under.ReadAsync("a", "b");

        Assert.Equal(["a"], read.Rows.Keys);
        Assert.Equal(0, under.Gateway.Count("GET", "/ns:t/*"));
        Assert.All(under.Gateway.Requests, request => Assert.Equal("application/json", $"{request.Message.Headers.Accept}"));
    }

    [Fact]
    public async Task ReadAsync_NoRowsAtAll_AreAbsent()
    {
        using var under = new StoreUnderTest(request => request.Path == "/version" ? FakeAnswer.Version("2.6.1") : FakeAnswer.NoRows);

        var read = await under.ReadAsync("a", "b");

        Assert.Equal((StoreFault.None, 0), (read.Fault, read.Rows.Count));
    }

    [Fact]
    public async Task ReadAsync_AnswerAfterTheTimeOut_IsNoAbsence()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Hangs);

        var read = await under.TimeOutAsync(under.ReadAsync("a"));

        Assert.Equal((StoreFault.Unavailable, "no answer in time"), (read.Fault, read.Reason));
    }

    [Fact]
    public async Task ReadAsync_BodyThatNeverEnds_IsUnavailable()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.HangsInItsBody);

        var read = await under.TimeOutAsync(under.ReadAsync("a"));

        Assert.Equal(StoreFault.Unavailable, read.Fault);
    }

    [Fact]
    public async Task ReadAsync_ExpectedRowMissing_IsConfirmedByAScan()
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : FakeAnswer.Rows());

        var read = await under.ReadExpectingAsync("ds~s~1");

        Assert.Equal((StoreFault.None, 0), (read.Fault, read.Rows.Count));
        Assert.Equal("/ns:t/*?startrow=ds~s~1&limit=1&endrow=ds~s~1-", under.Gateway.Requests.Last().Path);
    }

    [Fact]
    public async Task ReadAsync_ExpectedRowThatOnlyTheScanFinds_IsThere()
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.Rows("a")
            : FakeAnswer.Rows("b"));

        var read = await under.ReadExpectingAsync("a", "b");

        Assert.Equal(["a", "b"], read.Rows.Keys);
    }

    [Fact]
    public async Task ReadAsync_ManyExpectedRowsAndNoneIsThere_AreConfirmedByOneScan()
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : FakeAnswer.Rows());

        var read = await under.ReadExpectingAsync("h", "g", "f", "e", "d", "c", "b", "a");

        Assert.Equal((StoreFault.None, 0), (read.Fault, read.Rows.Count));
        Assert.Equal(["/ns:t/*?startrow=a&limit=200&endrow=h-"], Scans(under));
    }

    /// <summary>Of the keys behind the last row that it shows, a scan that is full says nothing.</summary>
    [Fact]
    public async Task ReadAsync_ScanOfManyIsFullOfOthers_ConfirmsTheRestByThemselves()
    {
        var others = Enumerable.Range(0, 198).Select(n => $"d{n:D3}").ToArray();
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : request.Path.Contains("startrow=a&limit=200", StringComparison.Ordinal) ? FakeAnswer.Rows(["b", "bb", .. others])
            : request.Path.Contains("startrow=g", StringComparison.Ordinal) ? FakeAnswer.Rows("g")
            : FakeAnswer.Rows());

        var read = await under.ReadExpectingAsync("a", "b", "c", "d", "e", "f", "g", "h");

        Assert.Equal((StoreFault.None, "b g"), (read.Fault, string.Join(' ', read.Rows.Keys.Order())));
        Assert.Equal(["a", "e", "f", "g", "h"], Scans(under).Select(path => path.Split("startrow=")[1][..1]).Order());
    }

    [Fact]
    public async Task ReadAsync_ScanOfManyFails_ConfirmsEachByItself()
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : request.Path.Contains("limit=200", StringComparison.Ordinal) ? new FakeAnswer(503, "busy")
            : FakeAnswer.Rows());

        var read = await under.ReadExpectingAsync("a", "b", "c", "d", "e", "f", "g", "h");

        Assert.Equal((StoreFault.None, 0), (read.Fault, read.Rows.Count));
        Assert.Equal(8, Scans(under).Count(path => path.Contains("limit=1&", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReadAsync_FalseAbsenceThatComesFast_IsNotBelievedAgainstWhatIsExpected()
    {
        // With short retries of its own a gateway gives up its cluster, and answers 404, before our time-out; a scan then hangs.
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version("2.6.1")
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : FakeAnswer.Hangs);

        var read = await under.TimeOutAsync(under.ReadExpectingAsync("a"));

        Assert.Equal(StoreFault.Unavailable, read.Fault);
        Assert.Empty(read.Rows);
    }

    [Theory]
    [InlineData("2.5.8")]
    [InlineData("2.4.17")]
    [InlineData("1.7.2")]
    [InlineData("unheard of")]
    public async Task ReadAsync_GatewayThatMayHideFailures_HasEveryAbsenceConfirmedAndIsAskedForItsVersionOnce(string version)
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Version(version)
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : FakeAnswer.Rows());

        await under.ReadAsync("a", "b");
        await under.ReadAsync("c");

        Assert.Equal(3, under.Gateway.Count("GET", "/ns:t/*"));
        Assert.Equal(1, under.Gateway.Count("GET", "/version"));
    }

    [Theory]
    [InlineData("2.6.0")]
    [InlineData("2.6.3-hadoop3")]
    [InlineData("3.0.0-beta-1")]
    public async Task ReadAsync_GatewayThatHidesNothing_IsBelieved(string version)
    {
        using var under = new StoreUnderTest(request => request.Path == "/version" ? FakeAnswer.Version(version) : FakeAnswer.NoRows);

        var read = await under.ReadAsync("a");

        Assert.Equal(StoreFault.None, read.Fault);
        Assert.Equal(0, under.Gateway.Count("GET", "/ns:t/*"));
    }

    /// <summary>An older gateway would take the base64 for the key itself, and find another row, or none.</summary>
    [Theory]
    [InlineData("2.5.8", StoreFault.Misconfigured, 0)]
    [InlineData("2.6.0", StoreFault.None, 1)]
    public async Task ReadAsync_KeyThatIsNoText_IsAskedOfGatewaysThatTakeBase64Only(string version, StoreFault fault, int multigets)
    {
        using var under = new StoreUnderTest(
            request => request.Path == "/version" ? FakeAnswer.Version(version) : FakeAnswer.NoRows,
            others: new() { [StoreUnderTest.Table] = new() { Store = "s", Families = [] } });

        var read = await under.ReadAsync("\u00ff\u0001", "b");
        var written = await under.DeleteAsync("\u00ff\u0001");

        Assert.Equal((fault, fault), (read.Fault, written.Fault));
        Assert.Equal(multigets, under.Gateway.Count("GET", "/ns:t/multiget?e=b64&row=_wE&row=Yg"));
        Assert.Equal(multigets, under.Gateway.Count("DELETE", "/ns:t/_wE/ZDph/5?e=b64"));
    }

    [Fact]
    public async Task ReadAsync_TextOutsideTheAlphabet_IsEscapedTwice()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.NoRows, others: new() { [StoreUnderTest.Table] = new() { Store = "s", Families = [] } });

        await under.ReadAsync("a/b");

        Assert.Equal(1, under.Gateway.Count("GET", "/ns:t/multiget?row=a%252Fb"));
    }

    [Fact]
    public async Task ReadAsync_GatewayThatDoesNotTellItsVersion_HasEveryAbsenceConfirmed()
    {
        using var under = new StoreUnderTest(request =>
            request.Path == "/version" ? FakeAnswer.Failed
            : request.Is("GET", "/ns:t/multiget") ? FakeAnswer.NoRows
            : FakeAnswer.Rows());

        await under.ReadAsync("a");

        Assert.Equal(1, under.Gateway.Count("GET", "/ns:t/*"));
    }

    [Theory]
    [InlineData(404, "Not found\r\n", StoreFault.Misconfigured)]
    [InlineData(404, "<html>no such site</html>", StoreFault.Misconfigured)]
    [InlineData(400, "Bad request\r\n", StoreFault.Misconfigured)]
    [InlineData(302, "", StoreFault.Misconfigured)]
    [InlineData(401, "", StoreFault.Unauthorized)]
    [InlineData(403, "", StoreFault.Unauthorized)]
    [InlineData(503, "Unavailable\r\n", StoreFault.Unavailable)]
    [InlineData(429, "", StoreFault.Unavailable)]
    [InlineData(200, "<html>log in</html>", StoreFault.Unavailable)]
    [InlineData(200, "{\"Row\":[", StoreFault.Unavailable)]
    [InlineData(200, "{}", StoreFault.Unavailable)]
    public async Task ReadAsync_AnythingElse_IsAFaultAndNeverAnAbsence(int status, string body, StoreFault expected)
    {
        using var under = new StoreUnderTest(_ => new FakeAnswer(status, body));

        var read = await under.ReadAsync("a");

        Assert.Equal(expected, read.Fault);
        Assert.NotNull(read.Reason);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task ReadAsync_OneOfManyMultigetsFails_FailsAsAWhole()
    {
        using var under = new StoreUnderTest(request => request.Keys.Contains("k0300") ? new FakeAnswer(503) : FakeAnswer.Rows(request.Keys));

        var read = await under.ReadAsync([.. Enumerable.Range(0, 1000).Select(i => $"k{i:D4}")]);

        Assert.Equal(StoreFault.Unavailable, read.Fault);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task ReadAsync_ManyRepeatedAndLongKeys_AreReadOnceInBoundedUrls()
    {
        using var under = new StoreUnderTest(request => FakeAnswer.Rows(request.Keys));
        string[] keys = [.. Enumerable.Range(0, 500).Select(i => $"{i}".PadRight(900, 'k')), .. Enumerable.Range(0, 500).Select(i => $"{i}")];

        var read = await under.ReadAsync([.. keys, .. keys]);

        Assert.Equal(1000, read.Rows.Count);
        Assert.Equal(keys.Order(), under.Gateway.Requests.SelectMany(request => request.Keys).Order());
        Assert.All(under.Gateway.Requests, request => Assert.InRange($"{request.Message.RequestUri}".Length, 1, 8000));
    }

    [Fact]
    public async Task ReadAsync_AnswerLargerThanWeTakeAtOnce_IsAskedForInHalves()
    {
        using var under = new StoreUnderTest(request => request.Keys.Length > 2 ? FakeAnswer.Ok with { ContentLength = 1L << 30 } : FakeAnswer.Rows(request.Keys));

        var read = await under.ReadAsync("a", "b", "c", "d", "e");

        Assert.Equal(StoreFault.None, read.Fault);
        Assert.Equal(5, read.Rows.Count);
    }

    [Fact]
    public async Task ReadAsync_MissingTable_IsCreatedAndReadAgain()
    {
        var created = false;
        using var under = new StoreUnderTest(request =>
        {
            created |= request.Is("POST", "/ns:t/schema");
            return request.Is("GET", "/ns:t/schema") ? (created ? FakeAnswer.Families("d", "m") : FakeAnswer.Java(404, "Not found", "org.apache.hadoop.hbase.TableNotFoundException: t"))
                : request.Path == "/version" ? FakeAnswer.Version("2.6.1")
                : request.Is("GET", "/ns:t/multiget") ? (created ? FakeAnswer.NoRows : FakeAnswer.Failed)
                : FakeAnswer.Ok;
        });

        var read = await under.ReadAsync("a");

        Assert.Equal((StoreFault.None, null), (read.Fault, read.Reason));
        Assert.True(created);
    }

    [Fact]
    public async Task ReadAsync_InternalErrorOnATableThatIsThere_IsTriedOnceMoreAndThenUnavailable()
    {
        using var under = new StoreUnderTest(request => request.Is("GET", "/ns:t/schema") ? FakeAnswer.Families("d", "m") : FakeAnswer.Failed);

        var read = await under.ReadAsync("a");

        Assert.Equal(StoreFault.Unavailable, read.Fault);
        Assert.Equal(2, under.Gateway.Count("GET", "/ns:t/multiget"));
        Assert.Equal(0, under.Gateway.Count("POST", "/"));
    }

    [Fact]
    public async Task ReadAsync_OneGatewayRefusesConnections_AsksAnotherAndStaysWithIt()
    {
        using var under = new StoreUnderTest(request => request.Host == "gateway0:8080" ? FakeAnswer.Refused : FakeAnswer.Rows("a"), endpoints: 2);

        for (var i = 0; i < 5; i++)
            Assert.Equal(StoreFault.None, (await under.ReadAsync("a")).Fault);

        Assert.Equal(1, under.Gateway.Requests.Count(request => request.Host == "gateway0:8080"));
    }

    [Fact]
    public async Task ReadAsync_AllGatewaysRefuseConnections_IsUnavailableAfterOneRound()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Refused, endpoints: 3);

        var read = await under.ReadAsync("a");

        Assert.Equal((StoreFault.Unavailable, "ConnectionError"), (read.Fault, read.Reason));
        Assert.Equal(3, under.Gateway.Requests.Count);
    }

    [Fact]
    public async Task ReadAsync_GatewayTimesOut_EndsThereAndTheNextCallGoesElsewhere()
    {
        using var under = new StoreUnderTest(request => request.Host == "gateway0:8080" ? FakeAnswer.Hangs : FakeAnswer.Rows("a"), endpoints: 2);

        var first = await under.TimeOutAsync(under.ReadAsync("a"));
        var second = await under.ReadAsync("a");

        Assert.Equal((StoreFault.Unavailable, StoreFault.None), (first.Fault, second.Fault));
    }

    [Fact]
    public async Task ReadAsync_CallerGivesUp_Throws()
    {
        using var under = new StoreUnderTest(_ => FakeAnswer.Hangs);
        using var giveUp = new CancellationTokenSource();

        var reading = under.Store.ReadAsync(StoreUnderTest.Table, ["a"], StoreUnderTest.None, giveUp.Token);
        await under.Gateway.Hung.WaitAsync(TestContext.Current.CancellationToken);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task ReadAsync_MoreMultigetsThanSlots_KeepsToTheSlots()
    {
        using var release = new ManualResetEventSlim();
        var (now, most) = (0, 0);
        using var under = new StoreUnderTest(
            request =>
            {
                lock (release)
                    most = Math.Max(most, ++now);
                release.Wait(TimeSpan.FromMilliseconds(20));
                lock (release)
                    now--;
                return FakeAnswer.Rows(request.Keys);
            },
            configure: options => options.MaxParallelRequests = 3);

        var reads = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => under.ReadAsync($"k{i}"), TestContext.Current.CancellationToken)));

        Assert.All(reads, read => Assert.Single(read.Rows));
        Assert.InRange(most, 1, 3);
    }

    private static IEnumerable<string> Scans(StoreUnderTest under) =>
        under.Gateway.Requests.Select(request => request.Path).Where(path => path.StartsWith("/ns:t/*", StringComparison.Ordinal));
}
