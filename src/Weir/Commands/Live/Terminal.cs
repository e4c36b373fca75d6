namespace Weir.Commands.Live;

/// <summary>What stdout can show.</summary>
internal static class Terminal
{
    /// <summary>Characters of a line; null: as many as there are.</summary>
    public static int? Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;

    /// <summary>Words in a colour, an SGR code.</summary>
    public static string Colour(string words, int code, bool hasColours) => hasColours ? $"\e[{code}m{words}\e[0m" : words;

    public static bool HasColours => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
