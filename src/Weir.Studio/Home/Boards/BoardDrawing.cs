using System.Globalization;
using Weir.Studio.Home.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Boards;

/// <summary>Turns rows into what is drawn.</summary>
internal static class BoardDrawing
{
    public static BoardView Draw(
        LeaderboardConfig board, IReadOnlyList<BoardLine> lines, BoardPeriod? period, Column? detail, TimeChoice choice, string currency)
    {
        // A table that begins within the days before would make every change too good.
        var reachesBack = period is null ? board.Compare is not null : lines.Count > 0 && lines[0].TotalBefore > 0 && lines[0].First?.Date <= period.First;
        var isShare = period?.IsShare == true;
        return new BoardView
        {
            Title = board.Title,
            Table = board.Table,
            ValueName = Words(board.Value),
            DetailName = board.Detail is null ? null : Words(board.Detail),
            ChangeName = !reachesBack ? null : isShare ? "Share ±" : "Change",
            Against = !reachesBack ? "" : isShare ? $"the share's change against {choice.Against}" : period is null ? Words(board.Compare!) : $"against {choice.Against}",
            Covers = board.Date is null ? "whole table" : choice.Covers,
            Rows = [.. lines.Select(line => DrawRow(board, line, lines[0].Shown, detail, currency, reachesBack, isShare))],
            More = lines.Count == 0 ? 0 : lines[0].Rows - lines.Count,
        };
    }

    private static BoardRow DrawRow(LeaderboardConfig board, BoardLine line, double greatest, Column? detail, string currency, bool isCompared, bool isShare)
    {
        var (change, words) = !isCompared ? (null, null) : isShare ? ChangeOfShare(line) : ChangeOfValue(line);
        return new BoardRow(
            string.IsNullOrWhiteSpace(line.Name) ? "(none)" : line.Name,
            line.Detail is { } text && detail?.IsNumber == true && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? Numbers.Short(number, FigureFormat.Count).ToString() : line.Detail,
            Numbers.Short(line.Shown, board.Format, currency), Numbers.Full(line.Shown, board.Format, currency),
            line.Shown < 0 ? Numbers.None : Numbers.Share(line.Shown, line.Total),
            greatest <= 0 ? 0 : Math.Clamp(line.Shown / greatest * 100, 0, 100), words, Tones.Of(change, board.Good));
    }

    private static (double?, string?) ChangeOfValue(BoardLine line)
    {
        if (line.Compared is not { } now) return (null, null);
        if (line.Before is not { } before || before == 0) return (null, now > 0 ? "new" : null);
        var change = (now - before) / Math.Abs(before);
        return (change, Numbers.Change(change));
    }

    private static (double?, string?) ChangeOfShare(BoardLine line)
    {
        if (line.Total <= 0 || line.Shown < 0) return (null, null);
        var change = line.Shown / line.Total - Math.Max(line.Before ?? 0, 0) / line.TotalBefore;
        return (change, Numbers.Points(change));
    }

    internal static string Words(string column)
    {
        var words = column.Replace('_', ' ').Trim();
        return words.Length == 0 ? column : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
