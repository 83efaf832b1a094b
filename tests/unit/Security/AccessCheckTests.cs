using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

public class AccessCheckTests
{
    [Theory]
    [InlineData(Role.Read, Role.Read, true)]
    [InlineData(Role.Read, Role.Write, false)]
    [InlineData(Role.Read, Role.Operate, false)]
    [InlineData(Role.Write, Role.Read, false)]
    [InlineData(Role.Write, Role.Write, true)]
    [InlineData(Role.Operate, Role.Write, false)]
    [InlineData(Role.Operate, Role.Read, false)]
    [InlineData(Role.Operate, Role.Operate, true)]
    [InlineData(Role.None, Role.Read, false)]
    [InlineData(Role.Read | Role.Write | Role.Operate, Role.Write, true)]
    [InlineData(Role.Read | Role.Write | Role.Operate, Role.None, false)]
    public void Denial_RoleMatrix_NoRoleImpliesAnother(Role held, Role needed, bool allowed)
    {
        var denial = AccessCheck.Denial(Caller(held, "*"), needed, "todos");

        Assert.Equal(allowed, denial is null);
    }

    [Theory]
    [InlineData("todos", "todos", true)]
    [InlineData("todos", "Todos", false)]
    [InlineData("todos", "todos2", false)]
    [InlineData("*", "anything", true)]
    [InlineData("team-*", "team-", true)]
    [InlineData("team-*", "team-7", true)]
    [InlineData("team-*", "team", false)]
    [InlineData("*-team", "a-team", false)]
    [InlineData("te*m", "team", false)]
    [InlineData("", "todos", false)]
    public void Denial_DatasetPatterns_MatchNamesAndPrefixes(string pattern, string dataset, bool allowed)
    {
        var denial = AccessCheck.Denial(Caller(Role.Read, pattern), Role.Read, dataset);

        Assert.Equal(allowed, denial is null);
    }

    [Fact]
    public void Denial_NoDatasetTouched_NeedsOnlyTheRole()
    {
        var denial = AccessCheck.Denial(Caller(Role.Operate), Role.Operate, dataset: null);

        Assert.Null(denial);
    }

    private static Caller Caller(Role roles, params string[] datasets) => new() { Sub = "ada", Roles = roles, Datasets = new DatasetAccess(datasets) };
}
