namespace Weir.Generate;

/// <summary>What happened in the shop, hour by hour. Each hour depends on the options and itself alone.</summary>
internal sealed class Visits(ShopOptions options)
{
    private static readonly double[] Daily =
        [0.25, 0.15, 0.10, 0.08, 0.08, 0.15, 0.45, 0.80, 1.05, 1.15, 1.20, 1.25, 1.30, 1.20, 1.10, 1.10, 1.15, 1.30, 1.55, 1.90, 2.05, 1.80, 1.20, 0.60];

    private static readonly double[] Weekly = [1.15, 0.95, 0.95, 0.97, 1.00, 1.02, 1.10]; // Sunday first
    private static readonly string[] Referrers = ["https://www.google.com/", "https://www.bing.com/", "https://blog.example.org/kitchens"];
    private readonly Person[] people = [.. Enumerable.Range(0, options.People).Select(n => Person.Create(options, n))];
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <summary>The people of the shop.</summary>
    public IReadOnlyList<Person> People => people;

    /// <summary>Mean visits that begin in an hour.</summary>
    public double Expected(DateTimeOffset hour)
    {
        var local = TimeZoneInfo.ConvertTime(hour, zone);
        var day = Math.Floor((hour - options.Start).TotalDays);
        return options.VisitsPerDay / Daily.Sum() * Daily[local.Hour] * Weekly[(int)local.DayOfWeek] * (1 + (0.002 * day));
    }

    /// <summary>Everything that visits which begin in an hour do, in order of time.</summary>
    public IEnumerable<ShopEvent> Of(DateTimeOffset hour)
    {
        var number = (long)Math.Round((hour - DateTimeOffset.UnixEpoch).TotalHours);
        var rng = Rng.For(options.Seed, "hour", number);
        var count = rng.Poisson(Expected(hour));
        var bots = Rng.For(options.Seed, "bots", number).Poisson(Expected(hour) * options.Bots);
        return Enumerable.Range(0, count).SelectMany(i => Visit(Rng.For(options.Seed, "visit", (number * 100_000) + i), hour))
            .Concat(Enumerable.Range(0, bots).SelectMany(i => Crawl(Rng.For(options.Seed, "bot", (number * 100_000) + i), hour))).OrderBy(e => e.At).ThenBy(e => e.Id);
    }

    /// <summary>A program reads page after page.</summary>
    private static IEnumerable<ShopEvent> Crawl(Rng rng, DateTimeOffset hour)
    {
        var (bot, at, visit) = (Person.Bot(rng.Guid()), hour.AddSeconds(rng.NextDouble() * 3_000), rng.Guid());
        for (var i = 20 + rng.Next(40); i > 0; i--, at = at.AddMilliseconds(700 + rng.Next(1_500)))
        {
            var product = rng.Chance(0.4) ? rng.Pick(Catalogue.Products) : null;
            yield return new ShopEvent(rng.Guid(), at, bot, visit, product is null ? Step.Page : Step.View, product is null ? [] : [new Line(product, 1)], null, null, false, "");
        }
    }

    private List<ShopEvent> Visit(Rng rng, DateTimeOffset hour)
    {
        var day = (int)Math.Floor((hour - options.Start).TotalDays);
        Person person;
        do person = people[(int)(people.Length * Math.Pow(rng.NextDouble(), 1.15))]; while (person.Since > day);
        var at = hour.AddSeconds(rng.NextDouble() * 3_600);
        var visit = rng.Guid();
        var campaign = rng.Chance(0.22) ? rng.Pick(Campaign.All) : null;
        var version = !person.IsMobile ? "" : options.StoryAt is { } story && at >= story - TimeSpan.FromMinutes(12) && person.IsAndroid ? "5.2.0" : "5.1.3";
        var broken = options.StoryAt is { } since && at >= since && version == "5.2.0";
        var unpaid = Rng.For(options.Seed, "referrer", BitConverter.ToInt64(visit.ToByteArray()));
        var referrer = campaign is null && !person.IsMobile && unpaid.Chance(0.35) ? unpaid.Pick(Referrers) : null;
        var steps = new List<ShopEvent>();
        void Do(Step step, string? order = null, params IReadOnlyList<Line> lines)
        {
            steps.Add(new ShopEvent(rng.Guid(), at, person, visit, step, lines, order, campaign, !rng.Chance(options.WithoutUser), version) { Referrer = steps.Count == 0 ? referrer : null });
            at = at.AddMilliseconds(Math.Round(2_000 + (rng.Exponential(28) * 1_000)));
        }

        Do(Step.Page);
        var cart = new List<Line>();
        var views = 1 + rng.Poisson(2.2);
        for (var i = 0; i < views; i++)
        {
            if (rng.Chance(0.5)) Do(Step.Page);
            var product = Catalogue.Products[(int)(Catalogue.Products.Count * Math.Pow(rng.NextDouble(), 1.6))];
            Do(Step.View, null, new Line(product, 1));
            if (!rng.Chance(0.34) || cart.Any(c => c.Product == product)) continue;
            cart.Add(new Line(product, rng.Chance(0.2) ? 2 : 1));
            Do(Step.Add, null, cart[^1]);
        }
        if (cart.Count > 0 && rng.Chance(0.72) && !(broken && rng.Chance(0.93)))
        {
            Do(Step.Checkout, null, [.. cart]);
            if (rng.Chance(0.5)) Do(Step.Order, $"o-{visit.ToString()[..8]}", [.. cart]);
        }
        return steps;
    }
}
