using System.Globalization;
using Weir.Generate;

namespace Weir.Tests.Analytics;

/// <summary>What <c>what_changed</c> must say, counted from events that the generator made.</summary>
internal static class TrueChanges
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static IEnumerable<(string Text, double[] Figures)> Of(ShopTruth truth)
    {
        var counts = truth.Events.GroupBy(e => (Platform(e.Event), e.Event.Step, Hour: Hour(e.EventTime))).ToDictionary(g => g.Key, g => g.Count());
        var latest = counts.Keys.Max(k => k.Hour) - 1;
        var slots = Enumerable.Range(0, 24).Select(i => latest - 23 + i).ToList();
        double Actual(string platform, Step step, long hour) => counts.GetValueOrDefault((platform, step, hour));
        double[] Before(string platform, Step step, long hour) => [.. Enumerable.Range(1, 4).Select(week => Actual(platform, step, hour - (168 * week)))];
        foreach (var (channel, platforms) in new (string, string[])[] { ("web", ["web"]), ("mobile", ["ios", "android"]) })
        {
            foreach (var step in Enum.GetValues<Step>())
            {
                var actual = slots.ToDictionary(h => h, h => platforms.Sum(p => Actual(p, step, h)));
                var expected = slots.ToDictionary(h => h, h => platforms.Sum(p => Before(p, step, h).Average()));
                // of one platform's four weeks, the unbiased one
                var variance = slots.Sum(h => platforms.Sum(p => Before(p, step, h).Sum(b => Math.Pow(b - Before(p, step, h).Average(), 2)) / 3));
                var factor = Math.Max(1, variance / expected.Values.Sum());
                var best = slots[6..].Select(since =>
                {
                    var (came, due) = (slots.Where(h => h >= since).Sum(h => actual[h]), slots.Where(h => h >= since).Sum(h => expected[h]));
                    return (Since: since, Came: came, Due: due, Score: (came - due) / Math.Sqrt(Math.Max(due, 1) * 1.25 * factor));
                }).Where(b => b.Due >= 15 && Math.Abs(b.Score) >= 4 && Math.Abs(b.Came - b.Due) >= 0.15 * b.Due).OrderByDescending(b => Math.Abs(b.Score)).ThenBy(b => b.Since).Take(1).ToList();
                if (best is not [var found]) continue;
                var (platform, share) = platforms.Select(p => (p, slots.Where(h => h >= found.Since).Sum(h => Actual(p, step, h) - Before(p, step, h).Average()) / (found.Came - found.Due))).MaxBy(p => p.Item2);
                var trend = string.Join(", ", slots.Select(h => actual[h].ToString("0.0", CultureInfo.InvariantCulture)));
                var why = channel == "web"
                    ? FormattableString.Invariant($"{found.Came:0} instead of about {Math.Round(found.Due):0}.")
                    : FormattableString.Invariant($"{(platform == "ios" ? "iOS" : "Android")} accounts for {Math.Round(100 * Math.Min(share, 1), MidpointRounding.AwayFromZero):0} % of it{Release(truth, platform, latest - 24)}.");
                yield return ($"{DateTimeOffset.FromUnixTimeSeconds(found.Since * 3_600).UtcDateTime:yyyy-MM-dd HH:mm:ss}+00, {channel} {Words(step)}, events, {(found.Score < 0 ? "down" : "up")}, {(found.Score > 0 ? "true" : "false")}, {why}, [{trend}]",
                    [found.Came, found.Due, (found.Came - found.Due) / found.Due, found.Score]);
            }
        }
    }

    public static string Platform(ShopEvent e) => e.Person switch { { IsMobile: false } => "web", { IsAndroid: true } => "android", _ => "ios" };

    public static string Name(Step step) => step switch { Step.Page => "page_viewed", Step.View => "product_viewed", Step.Add => "product_added", Step.Checkout => "checkout_started", _ => "order_completed" };

    private static string Words(Step step) => step switch { Step.Page => "page views", Step.View => "product views", Step.Add => "carts", Step.Checkout => "checkouts", _ => "orders" };

    private static string Release(ShopTruth truth, string platform, long after)
    {
        var fresh = truth.Events.Where(e => Platform(e.Event) == platform).GroupBy(e => e.Event.AppVersion).Select(v => (Version: v.Key, First: v.Min(e => e.EventTime))).Where(v => v.First > DateTimeOffset.FromUnixTimeSeconds(after * 3_600)).OrderBy(v => v.First).LastOrDefault();
        return fresh.Version is null ? "" : $"; app {fresh.Version} was first seen at {TimeZoneInfo.ConvertTime(fresh.First, Berlin):HH:mm}";
    }

    private static long Hour(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3_600;
}
