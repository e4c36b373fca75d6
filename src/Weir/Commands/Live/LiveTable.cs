using System.Text;
using System.Text.Json;
using Weir.Land.Tap;

namespace Weir.Commands.Live;

/// <summary>
/// Aligned lines for people. An event has a line when it arrives; of a commit there is one line that counts, and then one for each event that did not land. What does not fit into the
/// terminal's width is cut, and in a narrow one columns are left out.
/// </summary>
/// <param name="output">Stdout.</param>
/// <param name="width">Characters of a line; null: no limit.</param>
/// <param name="hasColours">Whether to colour.</param>
internal sealed class LiveTable(TextWriter output, int? width, bool hasColours) : LiveOutput
{
    private const int Remembered = 20_000, MostOfACommit = 20;
    private readonly Dictionary<(string Stream, long Position), LiveLine> known = [];
    private readonly Queue<(string Stream, long Position)> order = new();
    private readonly SortedDictionary<string, long> counts = new(Comparer<string>.Create((a, b) => Array.IndexOf(Kinds, a).CompareTo(Array.IndexOf(Kinds, b))));
    private readonly List<(string Kind, LiveLine Line)> exceptions = [];
    private readonly StringBuilder text = new();
    private long version = -1;

    private static readonly string[] Kinds = [Fate.Landed, Fate.Duplicate, Fate.Quarantined, Fate.Dropped, Fate.Decided];

    public override void Show(string type, ReadOnlyMemory<byte> message)
    {
        using var json = JsonDocument.Parse(message, LiveLine.Deep);
        var said = json.RootElement;
        if (type == TapMessage.Fate)
        {
            Count(said);
            return;
        }
        FlushCommit();
        if (type == TapMessage.Event) ShowEvent(said);
        else if (LiveLine.Notice(type, said) is { } notice) Write($"{Colour("! ", 33)}{Cut(notice, 2)}");
        if (text.Length > 32_000) FlushText();
    }

    public override void Flush()
    {
        FlushCommit();
        FlushText();
    }

    private void ShowEvent(JsonElement said)
    {
        var (line, kind) = (LiveLine.Of(said), said.GetProperty("fate").GetString()!);
        if (kind == Fate.Pending)
        {
            var key = (said.GetProperty("stream").GetString()!, said.GetProperty("position").GetInt64());
            if (known.TryAdd(key, line)) order.Enqueue(key);
            if (order.Count > Remembered) known.Remove(order.Dequeue());
        }
        if (kind == Fate.Quarantined && said.TryGetProperty("reason", out _)) line = line with { About = LiveLine.Why(said) };
        WriteEvent(kind, line, kind == Fate.Pending && LiveLine.Member(said, "table") is null or "quarantine");
    }

    private void Count(JsonElement said)
    {
        var (of, kind) = (said.GetProperty("version").GetInt64(), said.GetProperty("fate").GetString()!);
        if (of != version) FlushCommit();
        version = of;
        counts[kind] = counts.GetValueOrDefault(kind) + 1;
        if (kind == Fate.Landed || exceptions.Count == MostOfACommit) return;
        var line = known.GetValueOrDefault((said.GetProperty("stream").GetString()!, said.GetProperty("position").GetInt64()))
            ?? new LiveLine("", LiveLine.Member(said, "source") ?? "", "", "", LiveLine.Member(said, "event_id") ?? "");
        exceptions.Add((kind, kind == Fate.Quarantined ? line with { About = LiveLine.Why(said) } : line));
    }

    private void FlushCommit()
    {
        if (counts.Count == 0) return;
        Write($"{new string(' ', 14)}{Colour("└ ", 90)}{Cut($"commit {version:N0}: {string.Join(", ", counts.Select(c => $"{c.Value:N0} {c.Key}"))}", 16)}");
        foreach (var (kind, line) in exceptions) WriteEvent(kind, line);
        var more = counts.Where(c => c.Key != Fate.Landed).Sum(c => c.Value) - exceptions.Count;
        if (more > 0) Write($"{new string(' ', 14)}{Cut($"and {more:N0} more that did not land", 14)}");
        counts.Clear();
        exceptions.Clear();
    }

    private void WriteEvent(string kind, LiveLine line, bool isInvalid = false)
    {
        var (mark, colour) = FateMark.Of(kind, isInvalid);
        var room = width ?? int.MaxValue;
        var cells = new List<string> { Fit(line.Time, 12), "", Fit(line.Source, 10) };
        if (room >= 60) cells.Add(Fit(line.Name, room >= 80 ? 22 : 16));
        else cells[2] = Fit(line.Name.Length > 0 ? line.Name : line.Source, 16);
        if (room >= 90) cells.Add(Fit(line.User, 16));
        cells.Add(line.About);
        cells[1] = $"{mark} {kind,-11}";
        var whole = string.Join("  ", cells).TrimEnd();
        if (whole.Length > room) whole = $"{whole[..(room - 1)]}…";
        Write(whole.Replace(cells[1], Colour(cells[1], colour), StringComparison.Ordinal));
    }

    private static string Fit(string text, int length) => text.Length > length ? $"{text[..(length - 1)]}…" : text.PadRight(length);

    private string Cut(string words, int before) => width is { } room && words.Length + before > room ? $"{words[..Math.Max(0, room - before - 1)]}…" : words;

    private string Colour(string words, int code) => Terminal.Colour(words, code, hasColours);

    private void Write(string line) => text.Append(line).Append('\n');

    private void FlushText()
    {
        if (text.Length == 0) return;
        output.Write(text.ToString());
        output.Flush();
        text.Clear();
    }
}
