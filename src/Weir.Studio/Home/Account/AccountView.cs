using Weir.Accounting;
using Weir.Studio.Time;

namespace Weir.Studio.Home.Account;

/// <summary>The account of the chosen days, and whether the whole account adds up.</summary>
public sealed record AccountView
{
    public required Totals Totals { get; init; }
    public required IReadOnlyList<Bucket> Buckets { get; init; }
    public required IReadOnlyList<SourceTotals> Sources { get; init; }
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }

    /// <summary>Received minus everything that became of it, over all time: what is missing (or too much).</summary>
    public required long Difference { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Events received ever.</summary>
    public required long Ever { get; init; }

    /// <summary>The last hour in which anything was received, in business time.</summary>
    public required DateTime? LastHour { get; init; }

    /// <summary>The same hour, UTC.</summary>
    public DateTime? LastHourUtc { get; init; }

    public bool AddsUp => Difference == 0 && Problems.Count == 0;
    public bool HasComparison => Buckets.Any(b => b.Before > 0);
    public bool IsByDay { get; init; }

    /// <summary>Adds up the report's hours within the chosen days; an hour belongs to the day in which it begins, in business time.</summary>
    public static AccountView From(AccountReport report, IReadOnlyList<QuarantineCount> quarantined, TimeChoice choice)
    {
        var rows = report.Rows.Where(r => InRange(r.Hour, choice)).ToList();
        var last = report.Rows.Where(r => r.Received > 0).Select(r => r.Hour).DefaultIfEmpty().Max();
        return new AccountView
        {
            Totals = Totals.Of(rows),
            Buckets = Bucket.Fill(report.Rows, choice),
            IsByDay = Bucket.IsByDay(choice),
            Sources = [.. rows.GroupBy(r => r.Source).Select(g => new SourceTotals(g.Key, Totals.Of(g))).OrderBy(s => s.Source, StringComparer.Ordinal)],
            Reasons = ReasonCount.Of(quarantined),
            Difference = report.Rows.Sum(r => r.Difference),
            // Differences of opposite sign would cancel; each row that does not add up is a problem of its own.
            Problems = [.. report.Problems, .. report.Rows.Where(r => r.Difference != 0).Take(20).Select(Sentence)],
            Ever = report.Rows.Sum(r => r.Received),
            LastHourUtc = last == default ? null : last,
            LastHour = last == default ? null : choice.ToLocal(last),
        };
    }

    private static bool InRange(DateTime hour, TimeChoice choice) => hour >= choice.From.UtcDateTime && hour < choice.To.UtcDateTime;

    private static string Sentence(AccountRow row) =>
        $"{row.Source}, {row.Hour:yyyy-MM-dd HH}:00 UTC: received {Text.Numbers.Exact(row.Received)}, accounted for {Text.Numbers.Exact(row.Received - row.Difference)}.";
}

/// <summary>One source's part of the account.</summary>
public sealed record SourceTotals(string Source, Totals Totals);
