using System.Buffers;
using System.Reflection;

namespace Weir.Land.Bots;

/// <summary>Which user agents are nobody's. The list is data: Weir's own, or the project's <c>bots.txt</c> in its place.</summary>
public sealed class BotList
{
    /// <summary>The project's own list.</summary>
    public const string File = "bots.txt";

    private const int Shortest = 3;
    private readonly SearchValues<string> parts;

    private BotList(IReadOnlyList<string> parts) => (Parts, this.parts) = (parts, SearchValues.Create([.. parts], StringComparison.OrdinalIgnoreCase));

    /// <summary>Weir's own list.</summary>
    public static BotList Default { get; } = ReadDefault();

    /// <summary>What a user agent contains that is a bot's.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The project's list; where it has none, Weir's own.</summary>
    /// <param name="project">The project's folder.</param>
    /// <exception cref="WeirException">WEIR5111: a line would match too much.</exception>
    public static BotList Load(string project)
    {
        var path = Path.Combine(project, File);
        if (!System.IO.File.Exists(path)) return Default;
        var lines = System.IO.File.ReadAllLines(path);
        var wrong = Array.FindIndex(lines, l => Part(l) is { Length: > 0 and < Shortest });
        if (wrong < 0) return new BotList(PartsOf(lines));
        throw new WeirException("WEIR5111", $"{path}, line {wrong + 1}: '{Part(lines[wrong])}' would match nearly everything; a line is a part of a user agent of at least {Shortest} characters, or begins with #.");
    }

    /// <summary>Whether a user agent is a bot's; none is nobody's.</summary>
    public bool Matches(string? userAgent) => userAgent is not null && userAgent.AsSpan().ContainsAny(parts);

    private static BotList ReadDefault()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("bots.txt")!;
        using var reader = new StreamReader(stream);
        return new BotList(PartsOf(reader.ReadToEnd().Split('\n')));
    }

    private static IReadOnlyList<string> PartsOf(IEnumerable<string> lines) => [.. lines.Select(Part).Where(l => l.Length > 0).Distinct()];

    private static string Part(string line) => line.StartsWith('#') ? "" : line.Trim();
}
