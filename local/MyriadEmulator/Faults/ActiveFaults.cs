using System.Text.RegularExpressions;

namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>A set of faults in effect, with its patterns compiled and its counts.</summary>
internal sealed class ActiveFaults
{
    private readonly Action _end;
    private readonly (FaultRule Rule, Regex? Path)[] _rules;
    private readonly int[] _matches;
    private readonly Regex[] _refused;

    public ActiveFaults(FaultSet set)
    {
        var ended = new CancellationTokenSource();
        (Set, Ended, _end) = (set, ended.Token, ended.Cancel);
        _rules = [.. set.Rules.Select(rule => (rule, rule.Path is null ? null : Compile(rule.Path)))];
        _matches = new int[_rules.Length];
        _refused = [.. set.RefusedRows.Select(Compile)];
    }

    public FaultSet Set { get; }

    /// <summary>Ends when the faults change: no request hangs longer.</summary>
    public CancellationToken Ended { get; }

    public bool RefusesRows => _refused.Length > 0;

    public void End() => _end();

    public bool Refuses(string rowKey) => Array.Exists(_refused, pattern => pattern.IsMatch(rowKey));

    /// <summary>The rules that hit this request, in their order.</summary>
    public IEnumerable<FaultRule> Match(EmulatorSide side, string method, string target)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            var (rule, path) = _rules[i];
            if ((rule.Side ?? side) != side || path?.IsMatch(target) == false)
                continue;
            if (rule.Method is not null && !rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                continue;
            var place = Interlocked.Increment(ref _matches[i]) - 1 - rule.Skip;
            var every = Math.Max(1, rule.Every);
            if (place >= 0 && place % every == every - 1 && (rule.Times is null || place / every < rule.Times))
                yield return rule;
        }
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant);
}
