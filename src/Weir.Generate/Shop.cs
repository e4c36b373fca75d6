namespace Weir.Generate;

/// <summary>
/// A shop's traffic with its real faults: copies, late copies, missing users, mixed time zones, wrong clocks, two schema generations, malformed events.
/// A pure function of its options: any window of time gives the same bytes, however often and in whatever order it is asked for.
/// </summary>
public sealed class Shop(ShopOptions options)
{
    /// <summary>The write key of each source.</summary>
    public static IReadOnlyDictionary<string, string> WriteKeys { get; } =
        new Dictionary<string, string> { ["web"] = "shop-web", ["mobile"] = "shop-mobile", ["orders"] = "shop-server" };

    /// <summary>An order's rows arrive this long after it.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    private readonly Visits visits = new(options);
    private readonly Dictionary<DateTimeOffset, IReadOnlyList<ShopEvent>> hours = [];

    /// <summary>What the shop was made from.</summary>
    public ShopOptions Options => options;

    /// <summary>Mean visits that begin in an hour.</summary>
    public double ExpectedVisits(DateTimeOffset hour) => visits.Expected(hour);

    /// <summary>Requests of <c>web</c>, <c>mobile</c> and <c>orders</c> that arrive from one time (inclusive) to another (exclusive), in order of arrival.</summary>
    public IEnumerable<Delivery> Deliveries(DateTimeOffset from, DateTimeOffset to)
    {
        for (var hour = Hour(from); hour < to; hour = hour.AddHours(1))
        {
            var start = hour < from ? from : hour;
            var end = hour.AddHours(1) < to ? hour.AddHours(1) : to;
            foreach (var delivery in Transmissions(start, end).Select(Request).Concat(OrderRows(start, end)).OrderBy(d => d.At).ThenBy(d => d.Sent[0].Event.Id)) yield return delivery;
        }
    }

    /// <summary>The same as a file that another collector exported: <c>web</c>, <c>mobile</c> (both in Weir's dialect, each line with its <c>received_at</c>) or <c>orders</c>.</summary>
    /// <returns>NDJSON, and what is in it in order.</returns>
    public (byte[] Content, IReadOnlyList<Sent> Sent) Export(string source, DateTimeOffset from, DateTimeOffset to)
    {
        using var output = new MemoryStream();
        var sent = new List<Sent>();
        if (source == "orders")
        {
            foreach (var delivery in OrderRows(from, to).OrderBy(d => d.At))
            {
                output.Write(delivery.Body);
                sent.AddRange(delivery.Sent);
            }
            return (output.ToArray(), sent);
        }
        foreach (var transmission in Transmissions(from, to).Where(t => t.Events[0].Event.Source == source).OrderBy(t => t.At))
        {
            foreach (var one in transmission.Events)
            {
                WeirWriter.Line(output, one, options, transmission.SentAt, transmission.At);
                sent.Add(new Sent(one.Event, one.Fate));
            }
        }
        return (output.ToArray(), sent);
    }

    /// <summary>What exports once a day: CRM, help desk, ERP and operations. A file of <c>operations</c> is CSV, the others are NDJSON.</summary>
    public static IReadOnlyList<string> Offices { get; } = ["crm", "support", "erp", "operations"];

    /// <summary>The truth: what must have landed of the events that arrive from one time to another, in the order of their time.</summary>
    public IReadOnlyList<LandedEvent> Landed(DateTimeOffset from, DateTimeOffset to) =>
    [
        .. from t in Transmissions(@from, to)
           from e in t.Events
           where e.Fate == Fate.Lands
           let stamp = e.Event.ClientTime.AddTicks(-(e.Event.ClientTime.Ticks % TimeSpan.TicksPerMillisecond))
           let time = t.At - (t.SentAt + e.Event.Person.ClockOff - stamp)
           orderby time, e.Event.Id
           select new LandedEvent(e.Event, time),
    ];

    /// <summary>The truth: orders whose rows arrive from one time to another, with the changes that arrive by then.</summary>
    public IReadOnlyList<PlacedOrder> Placed(DateTimeOffset from, DateTimeOffset to) =>
    [
        .. OrderChanges(from, to).Where(o => o.Change is null).Select(o => o.Order with { Change = o.Order.Change is { } change && o.Order.At.AddDays(change.Days) + Delay < to ? change : null }).OrderBy(o => o.At).ThenBy(o => o.Id, StringComparer.Ordinal),
    ];

    /// <summary>What one of <see cref="Offices"/> exports for a day (UTC); empty: nothing.</summary>
    public byte[] DailyExport(string source, DateOnly day)
    {
        var office = new BackOffice(options, visits.People);
        return source switch
        {
            "crm" => office.Contacts(day),
            "support" => office.Tickets(day),
            "erp" => office.Products(day),
            "operations" => office.Mapping(day),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, $"Only {string.Join(", ", Offices)} export once a day."),
        };
    }

    private IEnumerable<Transmission> Transmissions(DateTimeOffset from, DateTimeOffset to)
    {
        for (var hour = Hour(from - Transmission.Longest); hour < to; hour = hour.AddHours(1))
        {
            foreach (var transmission in EventsOf(hour).GroupBy(e => e.Visit).SelectMany(v => Transmission.Of(options, [.. v])))
            {
                if (transmission.At >= from && transmission.At < to) yield return transmission;
            }
        }
    }

    private IEnumerable<Delivery> OrderRows(DateTimeOffset from, DateTimeOffset to) => OrderChanges(from, to).Select(o => new Delivery(
        o.At, "orders", "/v1/events", WriteKeys["orders"], Orders.Rows(options, o.Order, o.Change, o.At.AddSeconds(-1)),
        [.. Enumerable.Repeat(new Sent(o.Event, Fate.Lands), o.Change?.Lines.Count ?? o.Order.Lines.Count)]));

    /// <summary>Orders as they are placed, and as they change, by when their rows arrive.</summary>
    private IEnumerable<(DateTimeOffset At, PlacedOrder Order, OrderChange? Change, ShopEvent Event)> OrderChanges(DateTimeOffset from, DateTimeOffset to)
    {
        // A visit may run into the hour after the one in which it began.
        foreach (var days in Orders.ChangeDays.Prepend(0))
        {
            for (var hour = Hour(from.AddDays(-days) - TimeSpan.FromHours(2)); hour < to.AddDays(-days); hour = hour.AddHours(1))
            {
                foreach (var order in EventsOf(hour).Where(e => e.OrderId is not null))
                {
                    var at = order.At.AddDays(days) + Delay;
                    if (at < from || at >= to) continue;
                    var placed = Orders.Of(options, order);
                    if (days == 0 || placed.Change?.Days == days) yield return (at, placed, days == 0 ? null : placed.Change, order);
                }
            }
        }
    }

    private Delivery Request(Transmission transmission)
    {
        var source = transmission.Events[0].Event.Source;
        var sent = transmission.Events.Select(e => new Sent(e.Event, e.Fate)).ToList();
        if (source == "mobile") return new Delivery(transmission.At, source, "/v1/batch", WriteKeys[source], SegmentWriter.Batch(transmission, WriteKeys[source]), sent);
        using var output = new MemoryStream();
        foreach (var one in transmission.Events) WeirWriter.Line(output, one, options, transmission.SentAt, null);
        return new Delivery(transmission.At, source, "/v1/events", WriteKeys[source], output.ToArray(), sent);
    }

    private IReadOnlyList<ShopEvent> EventsOf(DateTimeOffset hour)
    {
        if (hour < options.Start) return [];
        if (hours.TryGetValue(hour, out var known)) return known;
        // Refunds look five days back; older hours are not needed again.
        if (hours.Count > 400) foreach (var old in hours.Keys.Order().Take(200).ToList()) hours.Remove(old);
        return hours[hour] = [.. visits.Of(hour)];
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
