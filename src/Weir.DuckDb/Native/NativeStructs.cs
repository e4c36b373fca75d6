using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

/// <summary><c>duckdb_result</c>: 48 bytes, of which only the last is in use today. Some functions take it by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly ulong columnCount, rowCount, rowsChanged;
    private readonly nint columns, errorMessage, internalData;
}

/// <summary><c>duckdb_query_progress_type</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct QueryProgress
{
    public readonly double Percentage;
    private readonly ulong rowsProcessed, totalRowsToProcess;
}

/// <summary><c>duckdb_hugeint</c> and <c>duckdb_uhugeint</c>: 128 bits, the low half first, aligned as two 64-bit words (which
/// <see cref="Int128"/> is not).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct HugeInt(ulong lower, ulong upper)
{
    public readonly ulong Lower = lower, Upper = upper;

    public static HugeInt From(Int128 value) => new((ulong)value, (ulong)(value >> 64));

    public static HugeInt From(UInt128 value) => new((ulong)value, (ulong)(value >> 64));

    public Int128 ToInt128() => new(Upper, Lower);

    public UInt128 ToUInt128() => new(Upper, Lower);
}

/// <summary><c>duckdb_decimal</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeDecimal(byte width, byte scale, HugeInt value)
{
    public readonly byte Width = width, Scale = scale;
    public readonly HugeInt Value = value;
}

/// <summary><c>duckdb_list_entry</c>: where a list's elements lie in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ListEntry
{
    public readonly ulong Offset, Length;
}
