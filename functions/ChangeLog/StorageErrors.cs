using Azure;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>The one place that tells what an exception of the storage SDKs means.</summary>
internal static class StorageErrors
{
    /// <summary>Runs an operation; what passes by itself, access rights that an operator is to mend included, becomes <see cref="StorageUnavailableException"/>.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation();
        }
        catch (RequestFailedException e) when (e.Status is 0 or 401 or 403 or 408 or 429 or >= 500)
        {
            throw new StorageUnavailableException($"Storage answered {e.Status} {e.ErrorCode}.", e);
        }
        catch (IOException e)
        {
            throw new StorageUnavailableException("Storage broke off its answer.", e);
        }
        catch (AggregateException e) when (e.InnerException is RequestFailedException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The SDK gave up after its retries; inside is what each of them met.
            throw new StorageUnavailableException("Storage cannot be reached.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("Storage did not answer in time.", e);
        }
    }

    /// <inheritdoc cref="GuardAsync{T}"/>
    public static Task GuardAsync(Func<Task> operation, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                await operation();
                return true;
            },
            cancellationToken);
}
