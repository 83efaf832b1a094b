using Microsoft.Extensions.Options;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

public class StoreGateTests
{
    private static readonly StoreGate Gate = new(new StoreCatalog(
        [
            new StoreDefinition { Name = "plain" },
            new StoreDefinition { Name = "staffed", Access = new StoreAccess { Read = ["staff", "audit"], Write = ["staff"] } },
            new StoreDefinition { Name = "closed", Access = new StoreAccess { Read = [] } },
        ],
        Options.Create(new StoreOptions { AllowUndeclared = true })));

    [Theory]
    [InlineData("plain other staffed", "read audit")]
    [InlineData("plain other", "read")]
    [InlineData("plain other", "read Staff")]
    [InlineData("", "staff")]
    public void ScopeOf_Roles_ShowsTheStoresThatTheyOpen(string shown, string roles)
    {
        var scope = Gate.ScopeOf(Caller(roles.Split(' ')));

        Assert.Equal(shown, string.Join(' ', new[] { "plain", "other", "staffed", "closed" }.Where(scope.Shows)));
    }

    [Fact]
    public void ScopeOf_StoresAskedFor_ShowsNoOthers()
    {
        var scope = Gate.ScopeOf(Caller("read"), ["plain", "staffed"]);

        Assert.Equal((true, false, false), (scope.Shows("plain"), scope.Shows("staffed"), scope.Shows("other")));
    }

    [Fact]
    public void RolesOf_ManyRoles_KeepsThoseThatFilesName()
    {
        var roles = Gate.RolesOf(Caller("read", "staff", "other", "audit", "staff"));

        Assert.Equal(["staff", "audit"], roles);
    }

    private static Caller Caller(params string[] roles) => new()
    {
        Sub = "ada",
        Roles = roles.Contains("read") ? Role.Read : Role.None,
        RoleNames = roles,
        Datasets = new DatasetAccess(["*"]),
    };
}
