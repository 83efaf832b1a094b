namespace MyriadSync.Myriad.Scheduler;

/// <summary>What can be flexed.</summary>
public enum ClusterPart
{
    /// <summary>Node managers of a profile.</summary>
    Profile,

    /// <summary>Instances of a service, the HBase REST gateway for one.</summary>
    Service,
}
