using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>What a schema says of numbers.</summary>
internal sealed class NumberRules
{
    /// <summary>Smallest allowed.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest allowed.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>All allowed are above it.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>All allowed are below it.</summary>
    public double Below { get; init; } = double.PositiveInfinity;

    /// <summary>All allowed are whole multiples of it; null: any.</summary>
    public double? MultipleOf { get; init; }

    public Refusal? Check(double number) =>
        number < Min ? Wrong($"The number must be at least {Min}.")
        : number > Max ? Wrong($"The number must be at most {Max}.")
        : number <= Above ? Wrong($"The number must be above {Above}.")
        : number >= Below ? Wrong($"The number must be below {Below}.")
        : MultipleOf is { } step && !IsMultiple(number, step) ? Wrong($"The number must be a multiple of {step}.")
        : null;

    /// <summary>By decimal digits where they fit: 0.3 is a multiple of 0.1, as whoever wrote them means it.</summary>
    private static bool IsMultiple(double number, double step) =>
        Math.Abs(number) is 0 or (> 1e-12 and < 1e15) && step is > 1e-12 and < 1e15 ? (decimal)number % (decimal)step == 0 : Math.IEEERemainder(number, step) == 0;

    private static Refusal Wrong(FormattableString detail) => new(SchemaNode.Reason, "", FormattableString.Invariant(detail));
}
