namespace MyriadSync.FunctionsRuntime.State;

/// <summary>Something to be written. Works are committed in the order in which they were handed over, many in one transaction.</summary>
internal interface IStateWork
{
    /// <summary>Writes it, inside a transaction, on the writer's thread. It may be called again if the transaction fails.</summary>
    void Write(StateCommands commands);

    /// <summary>Called on the writer's thread once it is committed, in order; must be quick and must not throw.</summary>
    void Committed();
}
