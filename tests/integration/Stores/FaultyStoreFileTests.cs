using Microsoft.Extensions.Options;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Stores;

public sealed class FaultyStoreFileTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Start_FaultyFiles_IsRefusedWithEveryFault()
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, ("a", """{"store":"a","policy":"newest"}"""), ("b", """{"store":"b","kinds":{"n":"sum"}}"""));
        var options = new LocalStackOptions { Settings = new Dictionary<string, string> { [StoreFolder.Setting] = stores } };

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => azurite.StartStackAsync(options));

        Assert.Equal(["Stores: a.json#/policy", "Stores: b.json#/kinds/n"], refused.Failures.Select(failure => failure.Split(": ")[0] + ": " + failure.Split(": ")[1]));
    }
}
