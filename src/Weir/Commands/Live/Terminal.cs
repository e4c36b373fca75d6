namespace Weir.Commands.Live;

/// <summary>What stdout can show.</summary>
internal static class Terminal
{
    /// <summary>Characters of a line; null: as many as there are.</summary>
    public static int? Width => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;

    public static bool HasColours => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
