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
        switch (verdict)
        {
            case Verdict.Event { Row: var row }:
                DecideEvent(arrival, row, source, tally);
                break;
            case Verdict.Entity { Row: var row }:
                staging.AddEntity(source, row, arrival);
                tally.CountLanded();
                break;
            case Verdict.Dropped { Reason: var reason }:
                tally.CountDropped(arrival.Position, reason);
                break;
            case Verdict.Quarantined why:
                Quarantine(arrival, why, tally);
                break;
        }
    }

    private void DecideEvent(in Arrival arrival, EventRow row, SourceDefinition source, HourTally tally)
    {
        if (row.ClientTime is null && source.Dedupe == DedupeRule.IdAndClientHour) tally.CountWithoutTime();
        switch (Ask(arrival, row))
        {
            case DedupeVerdict.First:
                staging.AddEvent(row);
                tally.CountLanded();
                break;
            case DedupeVerdict.Duplicate:
                tally.CountDuplicate(arrival.Position);
                break;
            case DedupeVerdict.Reused:
                Quarantine(arrival, new Verdict.Quarantined(QuarantineReasons.ReusedId, Reused, row.Id, row.Event, row.ClientTime), tally);
                break;
        }
    }

    private DedupeVerdict Ask(in Arrival arrival, EventRow row) => ImputedColumns.HasEventId(row.Imputed)
        ? DedupeVerdict.First
        : claims.Decide(new Candidate(
            numbers.NumberOf(arrival.Stream.Source), UuidV5.ToUInt128(row.Id), row.Event,
            row.ClientTime is { } client ? UnixMicros.Of(client) : null, UnixMicros.Of(row.ReceivedAt)));

    private void Quarantine(in Arrival arrival, Verdict.Quarantined why, HourTally tally)
    {
        staging.AddQuarantined(arrival, why, sealers.Seal(arrival.Stream.Source, arrival.ReceivedAt, arrival.Bytes.Span));
        tally.CountQuarantined(why.Reason);
    }
}
