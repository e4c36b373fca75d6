using System.Text.RegularExpressions;

namespace Weir.Models.Project;

/// <summary>One <c>{% snapshot name %}…{% endsnapshot %}</c> of a file.</summary>
/// <param name="Line">The line on which <paramref name="Text"/> starts.</param>
/// <param name="Whole">The text with the white space around it.</param>
internal sealed record SnapshotBlock(string Name, string Text, int Line, string Whole);

/// <summary>Finds the snapshots of a SQL file.</summary>
internal static partial class SnapshotBlocks
{
    public static IEnumerable<SnapshotBlock> Of(string text) => Block().Matches(text).Select(match =>
    {
        var body = match.Groups["text"];
        var start = body.Value.Length - body.Value.TrimStart().Length;
        return new SnapshotBlock(match.Groups["name"].Value, body.Value.Trim(), 1 + text.AsSpan(0, body.Index + start).Count('\n'), body.Value);
    });

    [GeneratedRegex(@"\{%-?\s*snapshot\s+(?<name>\w+)\s*-?%\}(?<text>.*?)\{%-?\s*endsnapshot\s*-?%\}", RegexOptions.Singleline)]
    private static partial Regex Block();
}
