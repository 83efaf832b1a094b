namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>JSON Schema's types. A tagged value, such as a date, is none of them, but for the tagged zero, which is a number.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Number = 8,
    Integer = 16,
    Boolean = 32,
    Null = 64,
    Any = 127,
}
