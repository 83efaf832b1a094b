namespace MyriadSync.IntegrationTests.Support;

/// <summary>A folder of its own for one test, removed with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("myriadsync-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
