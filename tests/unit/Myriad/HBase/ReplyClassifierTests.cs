using System.Text;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class ReplyClassifierTests
{
    [Theory]
    [InlineData(200, "", nameof(ReplyKind.Ok))]
    [InlineData(201, "", nameof(ReplyKind.Ok))]
    [InlineData(304, "", nameof(ReplyKind.Ok))]
    [InlineData(404, "No rows found.\r\n", nameof(ReplyKind.NoRows))]
    [InlineData(404, "Not found\r\norg.apache.hadoop.hbase.TableNotFoundException: nope\n\tat x", nameof(ReplyKind.MissingTable))]
    [InlineData(404, "Not found\r\norg.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException: zz\n\tat x", nameof(ReplyKind.MissingFamily))]
    [InlineData(404, "Not found\r\n", nameof(ReplyKind.Foreign))]
    [InlineData(404, "<html>nginx</html>", nameof(ReplyKind.Foreign))]
    [InlineData(404, "", nameof(ReplyKind.Foreign))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.NamespaceNotFoundException: nons", nameof(ReplyKind.MissingTable))]
    [InlineData(503, "org.apache.hadoop.hbase.NamespaceExistException: org.apache.hadoop.hbase.NamespaceExistException: Namespace myriadsync already exists", nameof(ReplyKind.Ok))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.DoNotRetryIOException: Field is not a long", nameof(ReplyKind.Refused))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.exceptions.FailedSanityCheckException: timestamp", nameof(ReplyKind.Refused))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.TableNotEnabledException: t is disabled", nameof(ReplyKind.Transient))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.security.AccessDeniedException: no", nameof(ReplyKind.Unauthorized))]
    [InlineData(503, "Unavailable\r\norg.apache.hadoop.hbase.NotServingRegionException: r\n\tat DoNotRetryIOException.x", nameof(ReplyKind.Transient))]
    [InlineData(503, "", nameof(ReplyKind.Transient))]
    [InlineData(502, "", nameof(ReplyKind.Transient))]
    [InlineData(504, "", nameof(ReplyKind.Transient))]
    [InlineData(429, "", nameof(ReplyKind.Transient))]
    [InlineData(500, "", nameof(ReplyKind.Refused))]
    [InlineData(500, "{\n\"message\":\"Request failed.\",\n\"status\":\"500\"\n}", nameof(ReplyKind.Internal))]
    [InlineData(400, "Bad request\r\njava.lang.IllegalArgumentException: KeyValue size too large", nameof(ReplyKind.Refused))]
    [InlineData(413, "", nameof(ReplyKind.Refused))]
    [InlineData(401, "", nameof(ReplyKind.Unauthorized))]
    [InlineData(403, "", nameof(ReplyKind.Unauthorized))]
    [InlineData(403, "Namespace 'myriadsync' already exists.  Use REST PUT to alter the existing namespace.\r\n", nameof(ReplyKind.Ok))]
    [InlineData(302, "", nameof(ReplyKind.Foreign))]
    [InlineData(405, "", nameof(ReplyKind.Foreign))]
    [InlineData(406, "", nameof(ReplyKind.Foreign))]
    [InlineData(415, "", nameof(ReplyKind.Foreign))]
    [InlineData(501, "", nameof(ReplyKind.Foreign))]
    public void Classify_AnswersOfGatewaysAndProxies_MeanWhatTheyMean(int status, string body, string expected)
    {
        var kind = ReplyClassifier.Classify(status, ErrorText.Head(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(expected, kind.ToString());
    }
}
