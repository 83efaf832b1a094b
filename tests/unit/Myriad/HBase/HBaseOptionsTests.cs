using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MyriadSync.Myriad;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class HBaseOptionsTests
{
    [Theory]
    [InlineData("Endpoints:0=http://127.0.0.1:8080")]
    [InlineData("Endpoints:0=https://knox:8443/gateway/default/hbase", "Endpoints:1=https://b", "Credentials:Kind=Bearer", "Credentials:Token=t")]
    [InlineData("Endpoints:0=http://localhost:8080", "Credentials:Kind=Basic", "Credentials:User=u", "Credentials:Password=p")]
    public void AddHBase_GoodSettings_AreTaken(params string[] settings)
    {
        using var provider = Provider(settings);

        var store = provider.GetRequiredService<IRecordStore>();

        Assert.NotNull(store);
    }

    [Theory]
    [InlineData("Endpoints is empty")]
    [InlineData("is no http or https address", "Endpoints:0=ftp://a")]
    [InlineData("is no http or https address", "Endpoints:0=gateway")]
    [InlineData("only a base path", "Endpoints:0=https://u:p@a/")]
    [InlineData("only a base path", "Endpoints:0=https://a/?x=1")]
    [InlineData("in the clear", "Endpoints:0=http://gateway:8080", "Credentials:Kind=Bearer", "Credentials:Token=t")]
    [InlineData("need a User", "Endpoints:0=https://a", "Credentials:Kind=Basic", "Credentials:User=u:v", "Credentials:Password=p")]
    [InlineData("need a Token", "Endpoints:0=https://a", "Credentials:Kind=Bearer")]
    [InlineData("Timeout is", "Endpoints:0=https://a", "Timeout=00:02:00")]
    [InlineData("MaxParallelRequests is", "Endpoints:0=https://a", "MaxParallelRequests=0")]
    [InlineData("MaxUrlLength is", "Endpoints:0=https://a", "MaxUrlLength=100")]
    public void AddHBase_BadSettings_AreNamed(string expected, params string[] settings)
    {
        using var provider = Provider(settings);

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IRecordStore>());

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Myriad:HBase:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("u:p", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(string[] settings)
    {
        var values = settings.Select(setting => setting.Split('=', 2)).ToDictionary(parts => "Myriad:HBase:" + parts[0], parts => (string?)parts[1]);
        return new ServiceCollection().AddLogging().AddHBase(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }
}
