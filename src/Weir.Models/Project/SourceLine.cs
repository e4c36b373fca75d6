namespace Weir.Models.Project;

/// <summary>The line of a file that a message is about, to be shown below it.</summary>
internal static class SourceLine
{
    private const int Shown = 160;

    /// <returns>A line of its own for the message; empty when the file has no such line.</returns>
    public static string Of(string folder, string file, int line)
    {
        var path = Path.Combine(folder, file);
        if (line < 1 || !File.Exists(path))
            return "";
        var text = File.ReadLines(path).ElementAtOrDefault(line - 1)?.TrimEnd() ?? "";
        return text.Length == 0 ? "" : $"\n  line {line}: {(text.Length > Shown ? text[..Shown] + "…" : text)}";
    }
}
