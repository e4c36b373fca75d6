using System.Text.Json;
using Weir.Events;
using Weir.Land.Contracts;
using Weir.Land.Erasure;
using Weir.Land.Fast.Scanning;
using Weir.Land.Privacy;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>
/// The plain path: one event at a time, by the rules of <c>docs/collect/event-model.md</c>. It is the definition of what is right; whatever is faster must agree
/// with it. It never throws because of what was sent. One instance serves one thread.
/// </summary>
internal sealed class Evaluator
{
    private readonly SourceDefinition source;
    private readonly EvaluatorOptions options;
    private readonly JsonCheck check;
    private readonly JsonScanner scanner;
    private readonly EntityFields fields;
    private readonly WeirDialect weir;
    private readonly SegmentDialect segment;
    private readonly PostHogDialect postHog;
    private readonly SnowplowDialect snowplow;
    private readonly Ga4Dialect ga4;
    private readonly CsvDialect csv;
    private readonly ContractCheck contract;
    private readonly PersonalStep personal;
    private readonly ErasedCheck erased;
    private EventRow? judged; // the last event's, as far as it could be read
    private ReadOnlyMemory<byte> envelopeText;
    private Envelope envelope = new();
    private CsvColumns columns = new([]);

    /// <param name="source">What is declared of the events' source.</param>
    /// <param name="options">Limits; null: the usual ones.</param>
    /// <exception cref="WeirException">WEIR5101, WEIR5102: a declaration that cannot be followed.</exception>
    public Evaluator(SourceDefinition source, EvaluatorOptions? options = null)
    {
        foreach (var field in source.Fields)
        {
            if (field.Type is { Kind: FieldKind.Decimal, Precision: > 28 })
                throw new WeirException("WEIR5102", $"Source '{source.Name}' declares the column '{field.Name}' as {field.Type.Sql}; decimals have at most 28 digits. Declare fewer.");
        }
        this.source = source;
        this.options = options ?? EvaluatorOptions.Default;
        check = new JsonCheck(this.options.MaxDepth);
        scanner = new JsonScanner(this.options.MaxDepth);
        fields = new EntityFields(source, check);
        contract = new ContractCheck(this.options.Rules.Contracts, source);
        personal = new PersonalStep(this.options.Rules, source);
        erased = new ErasedCheck(source);
        var times = new EventTimes(source, this.options);
        (weir, segment, csv) = (new WeirDialect(source, times), new SegmentDialect(source, times), new CsvDialect(source, times, check));
        (postHog, snowplow, ga4) = (new PostHogDialect(source, times), new SnowplowDialect(source, times, check), new Ga4Dialect(source, times));
    }

    /// <summary>Decides one event; nothing is left in the verdict that the environment does not keep.</summary>
    /// <param name="frame">The frame it came in.</param>
    /// <param name="index">Its place in the frame.</param>
    /// <param name="streamId">The stream the frame belongs to.</param>
    public Verdict Evaluate(Frame frame, int index, string streamId)
    {
        judged = null;
        return Keep(Judge(frame, index, streamId), judged, frame.Events[index].Span);
    }

    /// <summary>What is left of what an event was found to be.</summary>
    /// <param name="verdict">What was found.</param>
    /// <param name="row">The event's row, as far as it could be read.</param>
    /// <param name="sent">Its bytes as received.</param>
    public Verdict Keep(Verdict verdict, EventRow? row, ReadOnlySpan<byte> sent)
    {
        if (erased.Is(options.Erased(), verdict, row, sent)) verdict = new Verdict.Dropped(DropReasons.Erased, verdict.About.Id, verdict.About.Name);
        return personal.Apply(verdict);
    }

    private Verdict Judge(Frame frame, int index, string streamId)
    {
        var text = frame.Events[index];
        if (text.Length > options.MaxBytes)
            return new Verdict.Quarantined(QuarantineReasons.TooLarge, $"{text.Length} bytes; the limit is {options.MaxBytes}");
        TakeEnvelope(frame);
        if (envelope.Fault is { } fault) return Quarantine(fault);
        var draft = new EventDraft(EventTimes.ToMicroseconds(frame.ReceivedAt));
        judged = draft.Row;
        var entity = frame.Dialect == Dialects.Csv ? ReadCsv(text, draft) : ReadJson(text, frame.Dialect, draft);
        if (entity is not null) return draft.Faults.First is { } inEntity ? Quarantine(inEntity) : new Verdict.Entity(entity);
        return Complete(draft, frame, frame.FirstOrdinal + index, streamId);
    }

    private static Verdict.Quarantined Quarantine(Fault fault) => new(fault.Reason, fault.Detail);

    private void TakeEnvelope(Frame frame)
    {
        if (frame.Envelope.Equals(envelopeText)) return;
        envelopeText = frame.Envelope;
        envelope = Envelope.Read(envelopeText, check);
        columns = new CsvColumns(envelope.Header);
    }

    private EntityRow? ReadCsv(ReadOnlyMemory<byte> text, EventDraft draft)
    {
        if (columns.Read(text.Span) is { } fault) draft.Faults.Add(fault);
        else if (source.Entity is not null) return fields.Read(columns, draft.Faults);
        else csv.Map(columns, draft);
        return null;
    }

    private EntityRow? ReadJson(ReadOnlyMemory<byte> text, string dialect, EventDraft draft)
    {
        if (dialect == Dialects.SnowplowQuery) text = QueryText.ToJson(text.Span);
        // A signature, not content: RFC 8259 lets a reader ignore it where a text begins, and joined files have it anywhere.
        if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        // Most are surely valid, and that is told several times faster than why one is not.
        var fault = options.FastPath && scanner.TryScan(text.Span, ScanPlan.Nothing, []) ? null : check.Find(text.Span);
        if (fault is { } found) draft.Faults.Add(found);
        else if (text.Span.TrimStart(" \t\r\n"u8)[0] != '{') draft.Faults.Add(QuarantineReasons.NotAnObject, "$: expected an object");
        else
        {
            if (dialect == Dialects.Mapped && source.Topic is { IsPlain: false } topic) text = MappedText.Of(text, topic, source.Entity is null);
            var members = JsonMembers.Read(text, "$");
            if (source.Entity is not null) return fields.Read(members, draft.Faults);
            Map(members, dialect, draft);
        }
        return null;
    }

    private void Map(JsonMembers members, string dialect, EventDraft draft)
    {
        switch (dialect)
        {
            case Dialects.Weir or Dialects.Mapped: weir.Map(members, envelope, draft); break;
            case Dialects.Segment: segment.Map(members, envelope, draft); break;
            case Dialects.PostHog: postHog.Map(members, envelope, draft); break;
            case Dialects.Snowplow or Dialects.SnowplowQuery: snowplow.Map(members, envelope, draft); break;
            case Dialects.Ga4: ga4.Map(members, envelope, draft); break;
            default: throw new WeirException("WEIR5103", $"Events of source '{source.Name}' are in the dialect '{dialect}', which this version of Weir does not read. Run the version that received them, or a later one.");
        }
    }

    private Verdict Complete(EventDraft draft, Frame frame, long position, string streamId)
    {
        var row = draft.Row;
        // Whatever else is wrong with it: nobody looks at a bot's faults.
        if (source.DropBots && options.Rules.Bots.Matches(row.UserAgent)) return new Verdict.Dropped(DropReasons.Bot, draft.Id, row.Event.Length > 0 ? row.Event : null);
        row.EventTime = EventTimes.Correct(row.ClientTime, row.SentAt, draft.ArrivedAt, row.ReceivedAt);
        if (draft.Faults.First is null)
        {
            contract.Apply(draft);
            TakeAge(draft);
        }
        if (source.RequireIdentity && !draft.IsOfGroup && row.UserId is null && row.AnonymousId is null)
            draft.Faults.Add(QuarantineReasons.NoIdentity, "neither a user id nor an anonymous id");
        if (draft.Faults.First is { } fault)
            return new Verdict.Quarantined(fault.Reason, fault.Detail, draft.Id, row.Event.Length > 0 ? row.Event : null, row.ClientTime);
        row.Id = draft.Id ?? EventIds.FromPosition(streamId, position);
        if (row.ClientTime is null) draft.Imputed.Insert(0, "event_time");
        if (draft.Id is null) draft.Imputed.Insert(0, "event_id");
        row.Imputed = draft.Imputed.Count == 0 ? null : string.Join(',', draft.Imputed);
        row.Flags = draft.Flags.Count == 0 ? null : string.Join(',', draft.Flags);
        (row.Source, row.Dialect, row.Stream, row.Position) = (source.Name, frame.Dialect, streamId, position);
        return new Verdict.Event(row);
    }

    /// <summary>An event that happened longer before it was received than its source takes.</summary>
    private void TakeAge(EventDraft draft)
    {
        if (source.MaxAge is not { } limit || draft.Row.EventTime >= draft.Row.ReceivedAt - limit) return;
        if (source.OldEvents == OldEvents.Land) draft.Flags.Add(EventFlags.TooOld);
        else draft.Faults.Add(QuarantineReasons.TooOld, $"event_time: more than {limit.TotalDays} days before it was received");
    }
}
