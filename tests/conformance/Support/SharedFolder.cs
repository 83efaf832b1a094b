namespace MyriadSync.ConformanceTests.Support;

/// <summary>The folder with recorded exchanges and a real HBase that may stand beside the repository.</summary>
public static class SharedFolder
{
    /// <summary>What a skipped test says.</summary>
    public const string HowToHaveIt = "put a folder `shared` beside the repository or name one in MYRIADSYNC_SHARED";

    /// <summary>The full path of something in it, or null if it is not there.</summary>
    /// <param name="relative">For example <c>hbase/run.sh</c>.</param>
    public static string? Find(string relative)
    {
        if (Environment.GetEnvironmentVariable("MYRIADSYNC_SHARED") is { Length: > 0 } named)
            return Existing(Path.Combine(named, relative));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MyriadSyncFunctions.sln")))
                return FindBeside(folder, relative);
        }
        return null;
    }

    /// <summary>The repository may be checked out some folders deep, as work trees are.</summary>
    private static string? FindBeside(DirectoryInfo repository, string relative)
    {
        for (var folder = repository.Parent; folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", relative)) is { } found)
                return found;
        }
        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
