namespace Weir.DuckDb.Gate;

/// <summary>Names as DuckDB compares them: A to Z without regard to case, every other character exactly.</summary>
internal static class Ascii
{
    public static string Lower(string name) => string.Create(name.Length, name, static (span, text) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
    });
}
