namespace MyriadSync.Contracts;

/// <summary>The one place that randomness comes from, so that tests can fix it.</summary>
public interface IIdSource
{
    /// <summary>A new random id, 32 lower-case hex digits.</summary>
    string NewId();
}
