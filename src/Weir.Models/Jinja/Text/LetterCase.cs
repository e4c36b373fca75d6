using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Upper and lower case of all scripts; letters that grow when raised (ß) do.</summary>
internal static class LetterCase
{
    public static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal)
        .Replace("ﬁ", "FI", StringComparison.Ordinal).Replace("ﬂ", "FL", StringComparison.Ordinal);

    public static string Lower(string text) => text.ToLowerInvariant();

    public static string Capitalize(string text) => text.Length == 0 ? text : Upper(text[..1]) is var first && first == "SS" ? "Ss" + Lower(text[1..]) : first + Lower(text[1..]);

    /// <summary>The first letter of every run of letters is raised.</summary>
    public static string Title(string text) => PerLetter(text, (character, previous) => char.IsLetter(previous) ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character));

    public static string Swap(string text) => PerLetter(text, (character, _) => char.IsUpper(character) ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character));

    public static bool IsUpper(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    public static bool IsLower(string text) => text.Any(char.IsLower) && !text.Any(char.IsUpper);

    public static bool IsTitle(string text) => text.Any(char.IsLetter) && Title(text) == text;

    private static string PerLetter(string text, Func<char, char, char> change)
    {
        var result = new StringBuilder(text.Length);
        var previous = ' ';
        foreach (var character in text)
        {
            result.Append(change(character, previous));
            previous = character;
        }
        return result.ToString();
    }
}
