namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>One of the two APIs of the emulator.</summary>
public enum EmulatorSide
{
    /// <summary>The HBase REST gateway.</summary>
    HBase,

    /// <summary>The Myriad scheduler.</summary>
    Scheduler,
}
