using MyriadSync.Myriad.Scheduler;

namespace MyriadSync.UnitTests.Myriad.Scheduler;

public sealed class SchedulerTaskTests
{
    private const string Uuid = "3da290c4-dbce-4846-96f4-d9dbfefaeb02";

    [Theory]
    [InlineData("nm.small", ClusterPart.Profile, "small")]
    [InlineData("nm.extra.large", ClusterPart.Profile, "extra.large")]
    [InlineData("hbaserest.hbaserest", ClusterPart.Service, "hbaserest")]
    [InlineData("hbase.rest.hbase.rest", ClusterPart.Service, "hbase.rest")]
    [InlineData("a.a.a", ClusterPart.Service, "a.a.a")]
    [InlineData("other", ClusterPart.Service, "other")]
    public void Parse_Id_IsReadFromTheRight(string name, ClusterPart kind, string expected)
    {
        var task = SchedulerTask.Parse($"{name}.{Uuid}");

        Assert.Equal((kind, expected), (task.Kind, task.Name));
    }
}
