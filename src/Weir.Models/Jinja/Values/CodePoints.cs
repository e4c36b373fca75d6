using System.Text;

namespace Weir.Models.Jinja;

/// <summary>Text counted in code points, as Python does; text without surrogates, nearly all of it, is counted directly.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        foreach (var character in text)
            if (char.IsLowSurrogate(character))
                count--;
        return count;
    }

    public static IEnumerable<string> Of(string text) => text.EnumerateRunes().Select(rune => rune.ToString());

    public static string At(string text, int index) => Count(text) == text.Length ? text[index].ToString() : Of(text).ElementAt(index);

    public static string Reverse(string text) => string.Concat(Of(text).Reverse());

    /// <summary>The position in code points of a position in chars.</summary>
    public static int Index(string text, int charIndex) => charIndex < 0 ? charIndex : Count(text[..charIndex]);

    public static string Pick(string text, IEnumerable<int> indices)
    {
        var points = Count(text) == text.Length ? null : Of(text).ToList();
        var result = new StringBuilder();
        foreach (var index in indices)
            _ = points is null ? result.Append(text[index]) : result.Append(points[index]);
        return result.ToString();
    }
}
