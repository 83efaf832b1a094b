using MyriadSync.IntegrationTests.Myriad;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Test classes on a real HBase share one: <c>[Collection(RealHBase.Name)]</c>. Each works on tables of its own.</summary>
[CollectionDefinition(Name)]
public sealed class RealHBase : ICollectionFixture<RealHBaseHost>
{
    /// <summary>The collection.</summary>
    public const string Name = "Real HBase";
}
