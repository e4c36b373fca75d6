using System.Text;

namespace Weir.Generate.Load;

/// <summary>Makes the bodies of a run from the shop's visits.</summary>
internal sealed class LoadBodies(LoadOptions options, DateTimeOffset now)
{
    private const int FewestEvents = 2_048;
    private static readonly TimeSpan LongestVisit = TimeSpan.FromMinutes(2);

    /// <summary>An evening, by when everybody has been at the shop: the same for each run of a seed, whenever that is.</summary>
    private static readonly DateTimeOffset Evening = new(2026, 4, 20, 18, 0, 0, TimeSpan.Zero);

    private readonly ShopOptions shop = new()
    {
        Seed = options.Seed,
        Start = Evening.AddDays(-60),
        VisitsPerDay = 20_000,
        WithoutUser = options.WithoutUser,
        FirstGeneration = options.OldSchema,
        Malformed = options.Malformed,
        Bots = 0,
    };

    private readonly Rng rng = Rng.For(options.Seed, "load", 0);

    /// <summary>One for each connection at least, and so many that not every other request bears the same people.</summary>
    public IReadOnlyList<LoadBody> Make()
    {
        var count = Math.Max(options.Concurrency, (FewestEvents + options.Batch - 1) / options.Batch);
        using var slots = Slots().GetEnumerator();
        // Ids are new in each run: else a second run of a seed would be taken for copies of the first.
        return [.. Enumerable.Range(0, count).Select(i => Body(slots, Rng.For(options.Seed, "ids", (now.UtcTicks * 65_537) + i)))];
    }

    private LoadBody Body(IEnumerator<LoadSlot> source, Rng ids)
    {
        using var output = new MemoryStream();
        var isBatch = options.Dialect == LoadDialect.Segment;
        if (isBatch) output.Write("{\"batch\":["u8);
        var slots = new LoadSlot[options.Batch];
        for (var i = 0; i < slots.Length; i++)
        {
            source.MoveNext();
            if (isBatch && i > 0) output.WriteByte((byte)',');
            var text = Text(source.Current);
            slots[i] = source.Current.Locate(text, (int)output.Length, now, shop.TimeZone);
            output.Write(text);
            if (!isBatch) output.WriteByte((byte)'\n');
        }
        if (!isBatch) return new LoadBody(output.ToArray(), slots, -1, options, ids);
        output.Write("],\"sentAt\":\""u8);
        var sentAt = (int)output.Length;
        output.Write(Encoding.UTF8.GetBytes($"{Times.Utc(now)}\"}}"));
        return new LoadBody(output.ToArray(), slots, sentAt, options, ids);
    }

    private byte[] Text(LoadSlot slot)
    {
        using var output = new MemoryStream();
        if (options.Dialect == LoadDialect.Segment) SegmentWriter.Message(output, slot.Event, slot.Spoil);
        else
        {
            WeirWriter.Line(output, slot.Event, slot.Spoil, shop, Evening, null);
            output.SetLength(output.Length - 1); // its line feed
        }
        if (slot.Spoil != Spoil.Syntax || options.Dialect == LoadDialect.Segment) Pad(output);
        return output.ToArray();
    }

    /// <summary>Fills an event up with a property of random letters.</summary>
    private void Pad(MemoryStream output)
    {
        const string Member = ",\"padding\":\"\"";
        var missing = options.EventBytes - (int)output.Length - Member.Length;
        if (missing <= 0) return;
        // Into the last object, which is `properties` in Segment's messages.
        var ends = options.Dialect == LoadDialect.Segment ? 2 : 1;
        output.SetLength(output.Length - ends);
        var letters = string.Create(missing, rng, (span, random) =>
        {
            foreach (ref var letter in span) letter = (char)('a' + random.Next(26));
        });
        output.Write(Encoding.UTF8.GetBytes($",\"padding\":\"{letters}\"{new string('}', ends)}"));
    }

    private IEnumerable<LoadSlot> Slots()
    {
        var visits = new Visits(shop);
        var source = options.Dialect == LoadDialect.Segment ? "mobile" : "web";
        for (var hour = Evening; ; hour = hour.AddHours(1))
        {
            foreach (var visit in visits.Of(hour).Where(e => e.Source == source).GroupBy(e => e.Visit))
            {
                var last = visit.Max(e => e.At);
                var zoned = rng.Chance(options.LocalTimes);
                foreach (var e in visit)
                {
                    var age = rng.Chance(options.Late) ? TimeSpan.FromSeconds(600 + (rng.NextDouble() * 21_000)) : last - e.At < LongestVisit ? last - e.At : LongestVisit;
                    var person = e.Person with
                    {
                        TimeZone = zoned ? e.Person.TimeZone : "UTC",
                        ClockOff = source == "mobile" ? TimeSpan.Zero : e.Person.ClockOff, // a batch says once when it was sent
                    };
                    yield return new LoadSlot(e with { Person = person }, rng.Chance(options.Malformed) ? Spoiling.Of(e) : Spoil.Not, age);
                }
            }
        }
    }
}
