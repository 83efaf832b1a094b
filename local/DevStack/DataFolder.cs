using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack;

/// <summary>The folder that a stack keeps everything in. One stack at a time uses it: two on the same files would ruin them.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly string[] Folders = ["azurite", "emulator", "runtime"];

    private readonly string _folder;
    private readonly bool _temporary;
    private readonly FileStream _inUse;

    private DataFolder(string folder, bool temporary, FileStream inUse)
    {
        _folder = folder;
        _temporary = temporary;
        _inUse = inUse;
    }

    /// <summary>Folder of Azurite; null: in memory.</summary>
    public string? Azurite => _temporary ? null : PathOf("azurite");

    /// <summary>Data file of the emulator; null: in memory.</summary>
    public string? EmulatorFile => _temporary ? null : Path.Combine(Directory.CreateDirectory(PathOf("emulator")).FullName, "emulator.db");

    /// <summary>State file of the Functions runtime: orchestrations and timers.</summary>
    public string RuntimeFile => Path.Combine(Directory.CreateDirectory(PathOf("runtime")).FullName, "state.db");

    /// <summary>Private key of the development tokens.</summary>
    public string TokenKey => PathOf("token-key.pem");

    /// <summary>Takes the folder for this process, and makes it if it is not there; null takes one that goes with the stack.</summary>
    /// <exception cref="LocalStackException">Another stack uses it.</exception>
    public static DataFolder Open(string? folder)
    {
        var path = folder is null ? Directory.CreateTempSubdirectory("myriadsync-").FullName : Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        try
        {
            var inUse = new FileStream(Path.Combine(path, ".in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, folder is null, inUse);
        }
        catch (IOException exception)
        {
            throw new LocalStackException($"Another local stack uses {path}. Stop it, or keep this one's data elsewhere with --data <folder>.", exception);
        }
    }

    /// <summary>Removes what earlier runs left; nothing that is not ours, should the folder be somebody's home.</summary>
    public void Empty()
    {
        foreach (var path in Folders.Select(PathOf).Where(Directory.Exists))
            Directory.Delete(path, recursive: true);
        File.Delete(TokenKey);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _inUse.Dispose();
        if (_temporary)
            Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
