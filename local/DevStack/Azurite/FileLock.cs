namespace MyriadSync.DevStack.Azurite;

/// <summary>A lock between the processes of a machine.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else holds it. The system frees it when its holder ends, however it ends.</summary>
    public static async Task<FileStream> AcquireAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Retry, time, cancellationToken);
            }
        }
    }
}
