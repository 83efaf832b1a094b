namespace MyriadSync.ReliabilityTests.History;

/// <summary>A record; the tests' keys are strings.</summary>
public readonly record struct RecordName(string Store, string Key)
{
    public override string ToString() => $"{Store}/{Key}";
}
