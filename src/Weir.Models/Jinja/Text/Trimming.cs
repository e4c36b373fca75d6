namespace Weir.Models.Jinja;

/// <summary>Takes white space, or any of the given characters, off the ends.</summary>
internal static class Trimming
{
    public static string Both(string text, string? characters) => Start(End(text, characters), characters);

    public static string Start(string text, string? characters) => characters is null ? text.TrimStart() : characters.Length == 0 ? text : text.TrimStart(characters.ToCharArray());

    public static string End(string text, string? characters) => characters is null ? text.TrimEnd() : characters.Length == 0 ? text : text.TrimEnd(characters.ToCharArray());
}
