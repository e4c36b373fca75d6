using NodaTime;
using NodaTime.TimeZones;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>
/// Local times of one zone to UTC, by the tz database that NodaTime carries. A time that a clock showed twice (autumn) is the earlier of the two;
/// one that no clock showed (spring) is moved forward by the length of the gap.
/// </summary>
internal sealed class LocalTimes
{
    private static readonly ZoneLocalMappingResolver Rule = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);
    private readonly DateTimeZone zone;

    private LocalTimes(DateTimeZone zone) => this.zone = zone;

    /// <summary>The rules of a zone; null where none is declared.</summary>
    /// <exception cref="WeirException">WEIR5101: there is no such zone.</exception>
    public static LocalTimes? Of(string? zone, SourceDefinition source)
    {
        if (zone is null) return null;
        return TryOf(zone) ?? throw new WeirException("WEIR5101",
            $"Source '{source.Name}' declares the time zone '{zone}', which the tz database does not know. Use an IANA name such as 'Europe/Berlin' or 'UTC'.");
    }

    /// <summary>The rules of a zone; null: there is no such zone.</summary>
    public static LocalTimes? TryOf(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? new LocalTimes(known) : null;

    /// <summary>The point in time; false if it lies outside the years 1 to 9999.</summary>
    public bool TryToUtc(DateTime local, out DateTime utc)
    {
        // Nothing near the ends of the calendar: the tz rules may carry it out of the years that exist.
        if (local.Ticks < TimeSpan.TicksPerDay || local.Ticks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay)
        {
            utc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
            return false;
        }
        utc = zone.ResolveLocal(LocalDateTime.FromDateTime(local), Rule).ToDateTimeUtc();
        return true;
    }

    /// <summary>The point in time of a local time with its offset; false if it lies outside the years 1 to 9999.</summary>
    public static bool TryToUtc(DateTime local, TimeSpan offset, out DateTime utc)
    {
        var ticks = local.Ticks - offset.Ticks;
        var inside = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        utc = inside ? new DateTime(ticks, DateTimeKind.Utc) : default;
        return inside;
    }
}
