using System.Reflection;
using MyriadSync.ChangeLog;

namespace MyriadSync.UnitTests.Infra;

/// <summary>What the code names in storage is deployed, and nothing else is.</summary>
public sealed class StorageResourcesTests
{
    private const string Service = "Microsoft.Storage/storageAccounts/";

    /// <summary>Filled by publishing, not by the app.</summary>
    private const string PackageContainer = "packages";

    public static TheoryData<string> Environments => Deployment.Environments;

    [Theory]
    [MemberData(nameof(Environments))]
    public void Tables_AreThoseOfTheCode(string environment)
    {
        var deployed = Deployment.Read(environment).NamesOf(Service + "tableServices/tables");

        Assert.Equal(Named("Table").Order(), deployed.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Queues_AreThoseOfTheCodeAndTheirPoisonQueues(string environment)
    {
        var deployed = Deployment.Read(environment).NamesOf(Service + "queueServices/queues");

        // The runtime gives every queue one, except those that have the name of one.
        var poison = Named("Queue").Where(queue => !queue.EndsWith("-poison", StringComparison.Ordinal)).Select(queue => queue + "-poison");
        Assert.Equal(Named("Queue").Union(poison).Order(), deployed.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Containers_AreThoseOfTheCodeAndThePackages(string environment)
    {
        var deployed = Deployment.Read(environment).NamesOf(Service + "blobServices/containers");

        Assert.Equal(Named("Container").Append(PackageContainer).Order(), deployed.Order());
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Lifecycle_Deletes_NothingButUnreadBatches(string environment)
    {
        var rule = Assert.Single(Deployment.Read(environment).Of(Service + "managementPolicies")).GetProperty("policy").GetProperty("rules").EnumerateArray().Single();

        var definition = rule.GetProperty("definition");
        var prefix = Assert.Single(definition.GetProperty("filters").GetProperty("prefixMatch").EnumerateArray()).GetString();
        Assert.Equal($"{StorageNames.PayloadContainer}/{StorageNames.BatchesFolder}", prefix);
        var delete = Assert.Single(definition.GetProperty("actions").GetProperty("baseBlob").GetProperty("delete").EnumerateObject());
        Assert.Equal("daysAfterLastAccessTimeGreaterThan", delete.Name);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Account_HasNoKeysAndTracksReads(string environment)
    {
        var deployment = Deployment.Read(environment);

        Assert.False(Assert.Single(deployment.Of("Microsoft.Storage/storageAccounts")).GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.True(Assert.Single(deployment.Of(Service + "blobServices")).GetProperty("lastAccessTimeTrackingPolicy").GetProperty("enable").GetBoolean());
    }

    private static IEnumerable<string> Named(string kind) => typeof(StorageNames).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.Name.EndsWith(kind, StringComparison.Ordinal))
        .Select(field => (string)field.GetRawConstantValue()!);
}
