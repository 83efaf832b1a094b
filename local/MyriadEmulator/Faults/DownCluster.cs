namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>Knows which requests end how while the cluster is down.</summary>
internal static class DownCluster
{
    public static DownClusterBehaviour Behaviour(string method, string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var segments = (question < 0 ? target : target[..question]).TrimStart('/').Split('/', 3);
        if (segments[0] == "version" && (segments.Length == 1 || segments[1] != "cluster"))
            return DownClusterBehaviour.AnswersAtOnce;
        if (segments[0] == "status" || (segments.Length > 1 && segments[1] == "exists"))
            return DownClusterBehaviour.SaysUnavailable;
        var isRow = method == "GET" && segments[0].Length > 0 && segments[0] != "namespaces" && segments.Length > 1
            && segments[1] is not ("schema" or "regions" or "scanner" or "multiget" or "") && !segments[1].EndsWith('*');
        return isRow ? DownClusterBehaviour.SaysNotFound : DownClusterBehaviour.Hangs;
    }
}
