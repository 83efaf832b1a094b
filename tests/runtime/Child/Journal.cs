namespace MyriadSync.FunctionsRuntime.Child;

/// <summary>A file that lines are appended to; what was written survives the death of the process.</summary>
public sealed class Journal(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(string line)
    {
        // One write call a line: a kill leaves whole lines.
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
            _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();
}
