using System.Text;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>An answer that is not a set of cells: status, type and body as the gateway sends them.</summary>
internal sealed record Answer(int Status, string? ContentType = null, string? Body = null)
{
    /// <summary>Where the thing that was made is: a full URL.</summary>
    public string? Location { get; init; }

    public string? Allow { get; init; }

    /// <summary>The gateway marks answers about the cluster itself, not those about rows.</summary>
    public bool NoCache { get; init; }

    /// <summary>The gateway gives up the connection after an exception it does not expect.</summary>
    public bool Close { get; init; }

    /// <summary>An answer of the servlet container, not of the gateway: a page to GET and POST, nothing to the others.</summary>
    public string? ContainerMessage { get; init; }

    public static Answer Ok { get; } = new(200);

    /// <summary>200 with the cells that were written to the output of the request.</summary>
    public static Answer Cells { get; } = new(200, "application/json");

    public static Answer NotFound { get; } = new(404, "text/plain", "Not found\r\n");

    public static Answer NoRowsFound { get; } = new(404, "text/plain", "No rows found.\r\n");

    /// <summary>An exception that the gateway does not expect: a missing table in a multi-get or scan, unreadable JSON.</summary>
    public static Answer RequestFailed { get; } = new(500) { ContainerMessage = "Request failed.", Close = true };

    /// <summary>What Jetty says to a request that it cannot read.</summary>
    public static Answer BadMessage { get; } =
        new(400, "text/html;charset=iso-8859-1", "<h1>Bad Message 400</h1><pre>reason: Bad Request</pre>") { Close = true };

    public static Answer NoSuchPath { get; } = new(404) { ContainerMessage = "Not Found" };

    public static Answer UnsupportedMediaType { get; } = new(415) { ContainerMessage = "Unsupported Media Type" };

    public static Answer Json(string body) => new(200, "application/json", body);

    public static Answer Text(int status, string body) => new(status, "text/plain", body);

    public static Answer Created(string location) => new(201) { Location = location };

    public static Answer MethodNotAllowed(string allow) => new(405) { Allow = allow, ContainerMessage = "Method Not Allowed" };

    public static Answer BadRequest(string exception, string at) => Trace(400, "Bad request", exception, at);

    public static Answer TableNotFound(string table) => Trace(
        404, "Not found", $"org.apache.hadoop.hbase.TableNotFoundException: {table}", "client.ConnectionImplementation.locateRegionInMeta(ConnectionImplementation.java:1062)");

    public static Answer NoSuchFamily(string family, string table) => Trace(
        404,
        "Not found",
        "org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException: org.apache.hadoop.hbase.regionserver.NoSuchColumnFamilyException: "
        + $"Column family {family} does not exist in region {table},,0. in table '{table}'",
        "regionserver.HRegion.checkFamily(HRegion.java)");

    public static Answer Unavailable(string exception, string at) => Trace(503, "Unavailable", exception, at);

    /// <summary>A corner that MyriadSync does not use: said plainly, so that nobody builds on a guess.</summary>
    public static Answer NotEmulated(string what) => Text(501, $"The Myriad emulator does not have {what}. A real HBase REST gateway does.\r\n");

    /// <summary>Bodies of errors carry the Java stack trace; one line of it is enough to show that clients must not log it whole.</summary>
    private static Answer Trace(int status, string phrase, string exception, string at) => Text(
        status, new StringBuilder(phrase).Append("\r\n").Append(exception).Append("\n\tat org.apache.hadoop.hbase.").Append(at).Append('\n').ToString());
}
