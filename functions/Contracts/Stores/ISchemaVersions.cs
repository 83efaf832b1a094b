using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Stores;

/// <summary>The app's schema versions: one number for all stores. Stored records are of the version that they were written in, and are lifted when they are read.</summary>
public interface ISchemaVersions
{
    /// <summary>The version that records are written in.</summary>
    int Current { get; }

    /// <summary>The oldest version that is taken and given.</summary>
    int Oldest { get; }

    /// <summary>A value in another version, down as well as up; the very instance where nothing changes.</summary>
    /// <param name="store">Its store.</param>
    /// <param name="value">The value.</param>
    /// <param name="from">Its version; 0: the current one.</param>
    /// <param name="to">The version wanted; 0: the current one.</param>
    /// <exception cref="NewerFormatException">It was written in a version that is newer than this app's.</exception>
    RecordValue Convert(string store, RecordValue value, int from, int to);

    /// <summary>A stored state in the current version. What of its row has no place there is named, so that the next entry clears it away.</summary>
    /// <exception cref="NewerFormatException">It was written in a version that is newer than this app's.</exception>
    RecordState Lift(string store, RecordState state);
}
