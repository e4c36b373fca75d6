using Weir.Accounting;

namespace Weir.Studio.Home.Account;

/// <summary>Events received, and what became of them.</summary>
public sealed record Totals(long Received, long Landed, long Duplicate, long Quarantined, long Dropped, long Waiting)
{
    public long Difference => Received - Landed - Duplicate - Quarantined - Dropped - Waiting;

    public static Totals Of(IEnumerable<AccountRow> rows)
    {
        long received = 0, landed = 0, duplicate = 0, quarantined = 0, dropped = 0, waiting = 0;
        foreach (var row in rows)
        {
            received += row.Received;
            landed += row.Landed;
            duplicate += row.Duplicate;
            quarantined += row.Quarantined;
            dropped += row.Dropped;
            waiting += row.Waiting;
        }

        return new Totals(received, landed, duplicate, quarantined, dropped, waiting);
    }
}
