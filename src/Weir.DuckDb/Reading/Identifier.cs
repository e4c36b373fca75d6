using System.Text.RegularExpressions;

namespace Weir.DuckDb.Reading;

internal static partial class Identifier
{
    /// <summary>A name as it can stand in SQL, quoted where it must be.</summary>
    public static string Quote(string name) =>
        Plain().IsMatch(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex Plain();
}
