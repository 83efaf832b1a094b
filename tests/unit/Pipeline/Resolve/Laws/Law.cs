using CsCheck;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>
/// Holds a law to random cases: <c>MYRIADSYNC_LAW_CASES</c> of them, 10,000 unless set. A failure prints the smallest case found and its seed; the environment
/// variable <c>CsCheck_Seed</c> repeats it.
/// </summary>
internal static class Law
{
    private static readonly long CaseCount =
        long.TryParse(Environment.GetEnvironmentVariable("MYRIADSYNC_LAW_CASES"), out var cases) ? cases : 10_000;

    public static void Holds<T>(Gen<T> gen, Action<T> assertion, Func<T, string> print) => gen.Sample(assertion, iter: CaseCount, print: print, threads: 2);
}
