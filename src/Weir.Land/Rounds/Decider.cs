using Weir.Events;
using Weir.Identifiers;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>Gives each event its one fate: after it was found valid or not, dedupe says whether it is the first with its id.</summary>
internal sealed class Decider(Claims claims, SourceTable numbers, Staging staging, Sealers sealers)
{
    private const string Reused = "event_id: taken within the same hour of client time (or without a time: within 72 hours) by an event with another name or client time";

    /// <summary>Decides what the fast path read, or the plain path said, of an event of a batch.</summary>
    public void Decide(Batch batch, int index, SourceDefinition source, HourTally tally)
    {
        var arrival = batch.Events[index];
        if (batch.Verdicts[index] is not { } verdict)
        {
            DecideRow(arrival, batch.Block, index, source, tally);
            return;
        }
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

    private void DecideRow(in Arrival arrival, EventBlock block, int row, SourceDefinition source, HourTally tally)
    {
        long? clientTime = block.Number(EventNumber.ClientTime, row) is var micros && micros == EventColumns.None ? null : micros;
        if (clientTime is null && source.Dedupe == DedupeRule.IdAndClientHour) tally.CountWithoutTime();
        switch (Ask(arrival, block, row, clientTime))
        {
            case DedupeVerdict.First:
                staging.Events.Add(block, row, source.Name);
                tally.CountLanded();
                break;
            case DedupeVerdict.Duplicate:
                tally.CountDuplicate(arrival.Position);
                break;
            default:
                Take(arrival, new Verdict.Quarantined(QuarantineReasons.ReusedId, Reused, UuidV5.FromUInt128(block.Id(row)), block.Name(row), clientTime is { } time ? UnixMicros.ToUtc(time) : null), source, tally);
                break;
        }
    }

    private DedupeVerdict Ask(in Arrival arrival, EventBlock block, int row, long? clientTime) => block.HasImputedId(row)
        ? DedupeVerdict.First
        : claims.Decide(new Candidate(numbers.NumberOf(arrival.Stream.Source), block.Id(row), block.Name(row), clientTime, block.Number(EventNumber.ReceivedAt, row)));

    private DedupeVerdict Ask(in Arrival arrival, EventRow row) => ImputedColumns.HasEventId(row.Imputed)
        ? DedupeVerdict.First
        : claims.Decide(new Candidate(
            numbers.NumberOf(arrival.Stream.Source), UuidV5.ToUInt128(row.Id), row.Event,
            row.ClientTime is { } client ? UnixMicros.Of(client) : null, UnixMicros.Of(row.ReceivedAt)));

    private byte[] Seal(in Arrival arrival, ReadOnlyMemory<byte> bytes) => sealers.Seal(arrival.Stream.Source, arrival.ReceivedAt, bytes.Span);
}
