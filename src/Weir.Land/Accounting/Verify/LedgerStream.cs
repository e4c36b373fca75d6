using Weir.Events;

namespace Weir.Land.Accounting.Verify;

/// <summary>What the ledger says of one stream's part that is to be proven, and what the data was found to hold of it.</summary>
internal sealed class LedgerStream(string id, string source, long from, long to, long position)
{
    public string Id => id;
    public string Source => source;

    /// <summary>The part: <c>[From, To)</c> has landed.</summary>
    public long From { get; } = from;
    public long To => to;

    /// <summary>The stream's position in the ledger.</summary>
    public long Position => position;

    public long Landed { get; set; }
    public long Duplicate { get; set; }
    public long Quarantined { get; set; }
    public long Dropped { get; set; }

    /// <summary>Where the ledger's next row must begin.</summary>
    public long Next { get; set; } = from;

    /// <summary>The receive hours as the ledger's rows say them, in order.</summary>
    public List<ReceivedHour> Hours { get; } = [];

    /// <summary>The ordinals that were dropped because a person gave them up, in order: their bytes need not be readable. What a rule dropped must be.</summary>
    public List<OrdinalRange> GivenUp { get; } = [];

    public void AddHour(DateTime hour, long first, long end)
    {
        if (Hours.Count > 0 && Hours[^1] is var last && last.Hour == hour && last.FirstOrdinal + last.Count == first) Hours[^1] = last with { Count = end - last.FirstOrdinal };
        else Hours.Add(new(hour, first, end - first));
    }
}

/// <summary>A part of a stream that is looked at in one pass over the lake.</summary>
internal sealed record StreamPart(LedgerStream Stream, Fates Fates);
