using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Weir.Tests.Models.Corpus;

/// <summary>A difference that is meant: Weir is stricter or better, and says why.</summary>
internal sealed record Documented(string Project, string Aspect, string Place, string Why)
{
    public bool Covers(Difference difference) =>
        (Aspect == "*" || Aspect == difference.Aspect) && Regex.IsMatch(difference.Place, $"^{Regex.Escape(Place).Replace(@"\*", ".*")}$");
}

/// <summary>The two lists beside the tests: what does not pass yet, and what differs on purpose.</summary>
internal static class Lists
{
    /// <summary><c>project aspect</c>, one a line: the list only shrinks.</summary>
    public static IReadOnlySet<(string Project, string Aspect)> NotYet { get; } =
        Lines("NotYet.txt").Select(line => line.Split(' ')).Select(words => (words[0], words[1])).ToHashSet();

    /// <summary><c>project | aspect | place | why</c>; an aspect may be <c>*</c>, and in a place it stands for anything.</summary>
    public static IReadOnlyList<Documented> Documented { get; } =
        [.. Lines("Differences.txt").Select(line => line.Split('|', 4, StringSplitOptions.TrimEntries)).Select(parts => new Documented(parts[0], parts[1], parts[2], parts[3]))];

    private static IEnumerable<string> Lines(string file) => File.ReadAllLines(Path.Combine(Here(), file)).Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
