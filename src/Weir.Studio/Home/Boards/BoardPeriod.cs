using System.Globalization;
using Weir.Studio.Time;

namespace Weir.Studio.Home.Boards;

/// <summary>Which rows of a dated table are shown, which part of them is compared, and with which: as conditions on <c>"weir start"</c>.</summary>
/// <param name="Shown">The chosen days.</param>
/// <param name="Compared">The whole days or hours of them.</param>
/// <param name="Before">The same, before.</param>
/// <param name="First">The beginning of what is compared with: the table must reach back so far.</param>
/// <param name="IsShare">Whether the day has only begun and the table knows no hours: then shares are compared, not values.</param>
internal sealed record BoardPeriod(string Shown, string Compared, string Before, DateTime First, bool IsShare)
{
    public static BoardPeriod Of(TimeChoice choice, bool isHourly)
    {
        var from = choice.FirstDay.ToDateTime(TimeOnly.MinValue);
        var to = choice.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var isShare = choice.IsUnfinished && choice.Days == 1 && !isHourly;
        var cut = !choice.IsUnfinished || isShare ? to
            : isHourly ? choice.LocalNow.Date.AddHours(choice.LocalNow.Hour) : choice.LocalNow.Date;
        return new BoardPeriod(
            Between(from, to), Between(from, cut), Between(from.AddDays(-choice.Shift), cut.AddDays(-choice.Shift)), from.AddDays(-choice.Shift), isShare);
    }

    private static string Between(DateTime from, DateTime to) => $"\"weir start\" >= timestamp '{Text(from)}' and \"weir start\" < timestamp '{Text(to)}'";

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
