namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// The cells of a row that a reader sees, in HBase's order: a value is hidden by a marker of its family or column with the same or a newer
/// timestamp, whichever of them came first; then the time range, the age and the number of versions are looked at.
/// </summary>
internal ref struct VisibleCells(ReadOnlySpan<byte> packed, TableSchema table, ReadSpec spec, long now)
{
    private PackedRowReader _reader = new(packed);
    private ReadOnlySpan<byte> _family, _qualifier;
    private FamilySchema? _schema;
    private List<byte[]>? _wanted;
    private long _familyMarker, _columnMarker, _oldest;
    private int _versions;
    private bool _inFamily, _inColumn, _skipFamily, _skipColumn, _done;

    public readonly ReadOnlySpan<byte> Family => _reader.Family;

    public readonly ReadOnlySpan<byte> Qualifier => _reader.Qualifier;

    public readonly ReadOnlySpan<byte> Value => spec.KeysOnly ? default : _reader.Value;

    public readonly long Timestamp => _reader.Timestamp;

    public bool Next()
    {
        while (!_done && _reader.Next())
        {
            EnterFamily();
            if (_reader.Kind == EntryKind.FamilyMarker)
            {
                _familyMarker = _reader.Timestamp;
                continue;
            }
            EnterColumn();
            if (_reader.Kind == EntryKind.ColumnMarker)
            {
                _columnMarker = _reader.Timestamp;
                continue;
            }
            if (!IsVisible())
                continue;
            _done = spec.FirstCellOnly;
            return true;
        }
        return false;
    }

    private bool IsVisible()
    {
        var timestamp = _reader.Timestamp;
        if (_skipFamily || _skipColumn || timestamp <= _familyMarker || timestamp <= _columnMarker)
            return false;
        if (timestamp < spec.From || timestamp >= spec.To || timestamp < _oldest)
            return false;
        return _versions++ < Math.Min(spec.MaxVersions, _schema!.Versions);
    }

    private void EnterFamily()
    {
        if (_inFamily && _reader.Family.SequenceEqual(_family))
            return;
        _family = _reader.Family;
        (_inFamily, _inColumn) = (true, false);
        _familyMarker = long.MinValue;
        _schema = table.Find(_family);
        _wanted = null;
        _skipFamily = _schema is null || (spec.Columns is not null && !spec.Columns.TryGetValue(_schema.Name, out _wanted));
        _oldest = _schema is null or { TimeToLiveSeconds: int.MaxValue } ? long.MinValue : now - (_schema.TimeToLiveSeconds * 1000L);
    }

    private void EnterColumn()
    {
        if (_inColumn && _reader.Qualifier.SequenceEqual(_qualifier))
            return;
        _qualifier = _reader.Qualifier;
        _inColumn = true;
        _columnMarker = long.MinValue;
        _versions = 0;
        _skipColumn = _wanted is not null && !IsWanted();
    }

    private readonly bool IsWanted()
    {
        foreach (var qualifier in _wanted!)
        {
            if (_qualifier.SequenceEqual(qualifier))
                return true;
        }
        return false;
    }
}
