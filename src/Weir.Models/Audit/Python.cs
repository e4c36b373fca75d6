using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary><c>str()</c> and <c>repr()</c> of Python, as far as the arguments of tests need them: dbt's names are made with them.</summary>
internal static class Python
{
    public static string Str(object? value) => value is string text ? text : Repr(value);

    public static string Repr(object? value) => value switch
    {
        null => "None",
        string text => Quoted(text),
        IReadOnlyDictionary<string, object?> map => "{" + string.Join(", ", map.Select(pair => $"{Quoted(pair.Key)}: {Repr(pair.Value)}")) + "}",
        IReadOnlyList<object?> list => "[" + string.Join(", ", list.Select(Repr)) + "]",
        double real when real == Math.Truncate(real) && Math.Abs(real) < 1e16 => real.ToString("F1"),
        _ => NodeConfig.AsText(value),
    };

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return quote + escaped.Replace(quote.ToString(), "\\" + quote, StringComparison.Ordinal) + quote;
    }
}
