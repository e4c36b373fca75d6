using System.Globalization;
using Weir.Identity;
using Weir.Identity.Resolving;
using static Weir.Tests.Analytics.ShopBench;

namespace Weir.Tests.Analytics;

/// <summary>Whatever comes late, is merged, split, refunded or corrected: each table that was built step by step has the rows of one that was built at once.</summary>
public class RestatementPropertyTests
{
    private static readonly string[] Steps = ["Page Viewed", "Product Viewed", "Product Viewed", "Product Added", "Checkout Started", "Order Completed"];
    private static readonly string?[] Campaigns = [null, null, "a", "b"];
    private static readonly string[] Currencies = ["EUR", "CHF", "USD"];

    /// <summary>More in <c>eng/long/restatement</c>: WEIR_RESTATEMENT_SEEDS=100:200.</summary>
    public static TheoryData<int> Seeds() =>
        Environment.GetEnvironmentVariable("WEIR_RESTATEMENT_SEEDS")?.Split(':') is [var from, var to]
            ? [.. Enumerable.Range(Number(from), Number(to) - Number(from))]
            : [1, 2];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_incremental_table_equals_its_full_refresh(int seed)
    {
        using var shop = new ShopBench();
        var random = new Random(seed);
        var split = new Split(IdKinds.KeyOf("user", "u-1"), IdKinds.KeyOf("user", "k-1"));
        var incremental = 0;
        for (var round = 0; round < 5; round++)
        {
            if (random.Next(3) == 0) shop.Splits = shop.Splits.Count == 0 ? [split] : [];
            var result = await shop.TakeAsync([.. Enumerable.Range(0, round == 0 ? 40 : random.Next(1, 7)).Select(_ => Row(random, round))]);
            incremental += result.Nodes.Count(n => n.Restated.Contains(" rows replaced by ", StringComparison.Ordinal));

            var (published, fresh) = await shop.BesideFullRefreshAsync();
            published.Keys.Order().ShouldBe(fresh.Keys.Order());
            foreach (var (table, rows) in fresh) published[table].ShouldBe(rows, $"{table}, round {round} of seed {seed}");
        }
        incremental.ShouldBeGreaterThan(30); // else nothing was shown
    }

    private static LakeRow Row(Random random, int round)
    {
        string Minute(int days) => new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(days)).AddHours(random.Next(2) * 13).AddMinutes(random.Next(40) * 7).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string User() => random.Next(4) switch { 0 => $"k-{random.Next(1, 4)}", _ => $"u-{random.Next(1, 6)}" };
        // Of two versions of a thing the later one counts: they are received in the order of the rounds.
        string Received() => $"2026-04-{1 + round:00} {random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}.{random.Next(1_000_000):000000}";
        switch (random.Next(10))
        {
            case < 6:
                var step = Steps[random.Next(Steps.Length)];
                return Event(Minute(9), $"v-{random.Next(1, 7)}", random.Next(3) == 0 ? null : User(), step, Campaigns[random.Next(Campaigns.Length)], random.Next(5) == 0 ? "https://www.google.com/" : null,
                    step == "Order Completed" ? $"o-{random.Next(1, 6)}" : null, random.Next(12) == 0 ? "Googlebot/2.1" : null, random.Next(3) == 0 ? "ios" : "web");
            case < 8:
                var (order, refunded) = (random.Next(1, 6), random.Next(4) == 0);
                // The same order keeps its day most of the time; its user, price and lines are corrected now and then.
                return Line($"2026-03-{2 + (2 * order):00} {(random.Next(6) == 0 ? 23 : 10)}:15:00", $"o-{order}", random.Next(1, 3), random.Next(5) == 0 ? User() : $"u-{1 + (order % 3)}", random.Next(1, 50), random.Next(1, 4), Currencies[order % 3],
                    refunded ? random.Next(2) == 0 ? "refunded" : "cancelled" : "placed", refunded ? $"2026-03-{12 + random.Next(4):00} 12:00:00" : null, random.Next(2), random.Next(3), random.Next(2) * 4.9m, random.Next(2) == 0 ? "Kitchen" : "Garden", Received());
            case 8:
                return random.Next(2) == 0 ? Contact(Minute(9), $"c-{random.Next(1, 4)}", random.Next(2) == 0 ? null : User(), $"Name {random.Next(3)}", $"u-{random.Next(1, 4)}@example.com") : Ticket(Minute(9), random.Next(1, 6), User());
            default:
                return Mapping(Minute(9), $"u-{random.Next(1, 6)}", random.Next(2) == 0 ? null : $"k-{random.Next(1, 3)}", random.Next(2) == 0 ? null : $"c-{random.Next(1, 4)}");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
