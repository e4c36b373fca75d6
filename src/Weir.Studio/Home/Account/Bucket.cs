using System.Globalization;
using Weir.Accounting;
using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Studio.Home.Account;

/// <summary>One bar of the account: an hour, or a day where hours would be too many.</summary>
/// <param name="Start">Its beginning, business time.</param>
/// <param name="Label">What stands under it.</param>
/// <param name="Totals">What was received in it; null where it lies ahead.</param>
/// <param name="Before">Received in the hour or day it is compared with; null where nothing was received then or earlier.</param>
/// <param name="IsUnfinished">Whether it is still running.</param>
public sealed record Bucket(DateTime Start, string Label, Totals? Totals, long? Before, bool IsUnfinished)
{
    public static bool IsByDay(TimeChoice choice) => choice.Days > 7;

    public static IReadOnlyList<Bucket> Fill(IReadOnlyList<AccountRow> rows, TimeChoice choice)
    {
        var byDay = IsByDay(choice);
        DateTime Floor(DateTime local) => byDay ? local.Date : local.Date.AddHours(local.Hour);
        // By wall clock: in the night of a clock change an hour holds two, or stays empty.
        var received = rows.ToLookup(r => Floor(choice.ToLocal(r.Hour)));
        var first = rows.Where(r => r.Received > 0).Select(r => Floor(choice.ToLocal(r.Hour))).DefaultIfEmpty(DateTime.MaxValue).Min();
        var step = byDay ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);
        var current = Floor(choice.LocalNow);
        var buckets = new List<Bucket>();
        for (var start = choice.FirstDay.ToDateTime(TimeOnly.MinValue); start < choice.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue); start += step)
        {
            var before = start.AddDays(-choice.Shift);
            buckets.Add(new Bucket(
                start, Name(start, choice), start > current ? null : Totals.Of(received[start]),
                before < first ? null : received[before].Sum(r => r.Received), start == current));
        }

        return buckets;
    }

    private static string Name(DateTime start, TimeChoice choice) => choice.Days switch
    {
        1 => start.ToString("HH", CultureInfo.InvariantCulture),
        <= 7 => start.ToString("ddd HH:mm", CultureInfo.InvariantCulture),
        _ => Times.ShortDay(DateOnly.FromDateTime(start)),
    };
}
