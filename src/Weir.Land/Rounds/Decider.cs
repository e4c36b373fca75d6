using Weir.Events;
using Weir.Identifiers;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>Gives each event its one fate: after the evaluator found it valid or not, dedupe says whether it is the first with its id.</summary>
internal sealed class Decider(Claims claims, SourceTable numbers, Staging staging, Sealers sealers)
{
    private const string Reused = "event_id: taken within the same hour of client time (or without a time: within 72 hours) by an event with another name or client time";

    public void Decide(in Arrival arrival, Verdict verdict, SourceDefinition source, HourTally tally)
    {
        if (HasNoTime(verdict, source)) tally.CountWithoutTime();
        Take(arrival, Settle(arrival, verdict), source, tally);
    }

    /// <summary>Whether it is a valid event that is compared by its receipt.</summary>
    public static bool HasNoTime(Verdict verdict, SourceDefinition source) => verdict is Verdict.Event { Row.ClientTime: null } && source.Dedupe == DedupeRule.IdAndClientHour;

    /// <summary>What becomes of it, with regard to the ids that are taken; a first one takes its own.</summary>
    public Verdict Settle(in Arrival arrival, Verdict verdict) => verdict is not Verdict.Event { Row: var row } ? verdict : Ask(arrival, row) switch
    {
        DedupeVerdict.First => verdict,
        DedupeVerdict.Duplicate => new Verdict.Duplicate(row),
        _ => new Verdict.Quarantined(QuarantineReasons.ReusedId, Reused, row.Id, row.Event, row.ClientTime),
    };

    /// <summary>Puts it where it belongs, and counts it.</summary>
    public void Take(in Arrival arrival, Verdict settled, SourceDefinition source, HourTally tally)
    {
        switch (settled)
        {
            case Verdict.Event { Row: var row }:
                staging.AddEvent(row);
                tally.CountLanded();
                break;
            case Verdict.Entity { Row: var row }:
                staging.AddEntity(source, row, arrival);
                tally.CountLanded();
                break;
            case Verdict.Duplicate:
                tally.CountDuplicate(arrival.Position);
                break;
            case Verdict.Dropped { Reason: var reason }:
                tally.CountDropped(arrival.Position, reason);
                break;
            case Verdict.Quarantined why:
                staging.AddQuarantined(arrival, why, Seal(arrival, arrival.Bytes), Seal(arrival, arrival.Frame.Envelope));
                tally.CountQuarantined(why.Reason);
                break;
        }
    }

    private DedupeVerdict Ask(in Arrival arrival, EventRow row) => ImputedColumns.HasEventId(row.Imputed)
        ? DedupeVerdict.First
        : claims.Decide(new Candidate(
            numbers.NumberOf(arrival.Stream.Source), UuidV5.ToUInt128(row.Id), row.Event,
            row.ClientTime is { } client ? UnixMicros.Of(client) : null, UnixMicros.Of(row.ReceivedAt)));

    private byte[] Seal(in Arrival arrival, ReadOnlyMemory<byte> bytes) => sealers.Seal(arrival.Stream.Source, arrival.ReceivedAt, bytes.Span);
}
