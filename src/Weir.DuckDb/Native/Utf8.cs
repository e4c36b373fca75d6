using System.Runtime.InteropServices;
using System.Text;

namespace Weir.DuckDb.Native;

/// <summary>DuckDB's text, zero-terminated UTF-8, as .NET strings.</summary>
internal static unsafe class Utf8
{
    /// <summary>Text that DuckDB keeps; empty for none.</summary>
    public static string Borrow(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Text that DuckDB gave away, freed here; empty for none.</summary>
    public static string Take(byte* text)
    {
        var result = Borrow(text);
        NativeMethods.duckdb_free(text);
        return result;
    }

    /// <summary>SQL ends at a NUL for DuckDB: what follows one would be cut off without a word.</summary>
    public static string RequireNoNul(string sql)
    {
        var nul = sql.IndexOf('\0', StringComparison.Ordinal);
        return nul < 0 ? sql : throw new ArgumentException(
            $"The SQL text has a NUL character at position {nul}, where DuckDB would end it. Remove it, or pass the text that holds it as a parameter.", nameof(sql));
    }

    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);
}
