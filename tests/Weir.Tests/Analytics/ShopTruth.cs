using Weir.Generate;

namespace Weir.Tests.Analytics;

/// <summary>A session of the truth.</summary>
internal sealed record TrueSession(string Visitor, int Number, string? User, string Person, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<LandedEvent> Events, Campaign? Campaign, string Channel);

/// <summary>A line of an order of the truth, in EUR.</summary>
internal sealed record TrueLine(PlacedOrder Order, OrderLine Line, decimal Rate, DateTimeOffset? RefundedAt)
{
    public DateOnly? RefundDay => RefundedAt is { } at ? ShopTruth.Day(at) : null;
    public decimal Gross => Line.UnitPrice * Line.Quantity * Rate;
    public decimal Discount => Line.Discount * Rate;
    public decimal Tax => Line.Tax * Rate;
    public decimal Shipping => Line.Shipping * Rate;
    public decimal Sales => Gross - Discount - Tax;
}

/// <summary>docs/definitions.md computed once more, without SQL and without the lake, from what the generator decided.</summary>
internal sealed class ShopTruth
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public ShopTruth(Shop shop, DateTimeOffset from, DateTimeOffset to)
    {
        Events = [.. shop.Landed(from, to).Where(e => !e.Event.Person.IsBot)];
        Orders = shop.Placed(from, to);
        Sessions = [.. Events.GroupBy(e => e.Event.Person.AnonymousId).SelectMany(SessionsOf)];
        Lines = [.. from o in Orders from l in o.Lines select new TrueLine(o, l, Rate(o.Currency, Day(o.At)), o.Change is { } change && change.Lines.Contains(l.Number) ? o.At.AddDays(change.Days).AddSeconds(1) : null)];
    }

    public IReadOnlyList<LandedEvent> Events { get; }

    public IReadOnlyList<PlacedOrder> Orders { get; }

    public IReadOnlyList<TrueSession> Sessions { get; }

    public IReadOnlyList<TrueLine> Lines { get; }

    /// <summary>Each order with the sessions that may have brought it: its person's, of the 30 days before, by a channel other than direct.</summary>
    public IEnumerable<(PlacedOrder Order, IReadOnlyList<TrueSession> Touches)> Touched()
    {
        var touches = Sessions.Where(s => s.Channel != "direct").ToLookup(s => s.Person);
        return Orders.Select(o => (o, (IReadOnlyList<TrueSession>)[.. touches[o.Person.UserId].Where(s => s.Start <= o.At && s.Start >= o.At.AddDays(-30)).OrderBy(s => s.Start)]));
    }

    public static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Berlin).DateTime);

    public static DateOnly Week(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>What seeds/exchange_rates.csv says, once more.</summary>
    private static decimal Rate(string currency, DateOnly day) => (currency, day >= new DateOnly(2026, 3, 12)) switch
    {
        ("EUR", _) => 1, ("CZK", _) => 0.04m,
        ("CHF", false) => 1.04m, ("CHF", true) => 1.05m, ("GBP", false) => 1.17m, ("GBP", true) => 1.16m, ("USD", false) => 0.92m, ("USD", true) => 0.91m,
        _ => throw new ArgumentOutOfRangeException(nameof(currency), currency, null),
    };

    private static IEnumerable<TrueSession> SessionsOf(IGrouping<Guid, LandedEvent> browser)
    {
        var events = browser.OrderBy(e => e.EventTime).ThenBy(e => e.Event.Id.ToString(), StringComparer.Ordinal).ToList();
        var sightings = events.FindAll(e => e.Event.KnowsUser);
        var cuts = new List<int>();
        (Campaign? campaign, string? user) = (null, null);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i].Event;
            var gap = i == 0 || events[i].EventTime - events[i - 1].EventTime > TimeSpan.FromMinutes(30);
            if (gap) (campaign, user) = (null, null);
            var known = e.KnowsUser ? e.Person.UserId : null;
            if (gap || (e.Campaign is not null && e.Campaign != campaign) || (known is not null && user is not null && known != user)) cuts.Add(i);
            campaign = e.Campaign ?? campaign;
            user = known ?? user;
        }
        for (var n = 0; n < cuts.Count; n++)
        {
            var own = events[cuts[n]..(n + 1 < cuts.Count ? cuts[n + 1] : events.Count)];
            var signedIn = own.Find(e => e.Event.KnowsUser) is { Event: { } first } ? first.Person.UserId : null;
            var start = own[0].EventTime;
            var owner = sightings.LastOrDefault(s => s.EventTime <= start) is { Event: { } last } ? last.Person.UserId : sightings.Count > 0 ? sightings[0].Event.Person.UserId : null;
            var brought = own.Select(e => e.Event.Campaign).FirstOrDefault(c => c is not null);
            yield return new TrueSession(browser.Key.ToString(), n + 1, signedIn, signedIn ?? owner ?? $"visitor-{browser.Key}", start, own[^1].EventTime, own, brought, Channel(brought, own[0].Event.Referrer));
        }
    }

    private static string Channel(Campaign? campaign, string? referrer) => (campaign?.Medium, referrer) switch
    {
        ("email", _) => "email", ("cpc", _) => "paid_search", ("social", _) => "paid_social", ("affiliate", _) => "affiliate",
        (null, null) => "direct", (null, var page) => page!.Contains("google", StringComparison.Ordinal) || page.Contains("bing", StringComparison.Ordinal) ? "organic_search" : "referral",
        var (other, _) => throw new ArgumentOutOfRangeException(nameof(campaign), other, null),
    };
}
