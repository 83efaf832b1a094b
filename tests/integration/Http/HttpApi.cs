namespace MyriadSync.IntegrationTests.Http;

/// <summary>The tests of requests and answers share one stack; each has a dataset of its own.</summary>
[CollectionDefinition]
public sealed class HttpApi : ICollectionFixture<StackFixture>;
