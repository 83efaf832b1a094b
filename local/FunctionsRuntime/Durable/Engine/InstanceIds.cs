namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>What an instance id may be: the rules of Durable Functions on Azure Storage, so that none works here and fails there.</summary>
internal static class InstanceIds
{
    private const int LongestId = 100;

    /// <summary>Refuses what Azure would refuse.</summary>
    /// <exception cref="ArgumentException">The id is empty, too long, begins with '@', or holds / \ # ? or a control character.</exception>
    public static void Demand(string id)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > LongestId || id[0] == '@' || id.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
            throw new ArgumentException($"'{id}' is not an instance id: 1 to {LongestId} characters, not beginning with '@', without / \\ # ? and control characters.", nameof(id));
    }
}
