using CsCheck;

namespace MyriadSync.UnitTests.Contracts;

/// <summary>Runs a property on random cases: <c>MYRIADSYNC_CASES</c> of them, 2,000 unless set. A failure prints the seed that repeats it.</summary>
internal static class Property
{
    private static readonly long CaseCount =
        long.TryParse(Environment.GetEnvironmentVariable("MYRIADSYNC_CASES"), out var cases) ? cases : 2000;

    public static void Holds<T>(Gen<T> gen, Action<T> assertion, Func<T, string>? print = null) => gen.Sample(assertion, iter: CaseCount, print: print);
}
