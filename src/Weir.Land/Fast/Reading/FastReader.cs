using System.Text;
using Weir.DuckDb;
using Weir.Events;
using Weir.Identifiers;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Scanning;
using Weir.Sources;

namespace Weir.Land.Fast.Reading;

/// <summary>
/// The fast path: says of an event "surely valid, this row", or nothing; then the plain path is asked (<see cref="Evaluator"/>, which defines what is right).
/// For one source and one thread.
/// </summary>
internal sealed unsafe class FastReader
{
    private readonly SourceDefinition source;
    private readonly EvaluatorOptions options;
    private readonly JsonScanner scanner;
    private readonly FastEvent sent;
    private readonly FastEnvelope envelope;
    private readonly FastContract contract;
    private readonly FastWeir weir = new();
    private readonly FastSegment segment = new();
    private readonly KnownTexts<string> names = new(n => n), userAgents = new(a => a);
    private readonly long maxAge;
    private (EventBlock Block, int Generation, string Stream) place;
    private TextCell stream;

    public FastReader(SourceDefinition source, EvaluatorOptions options)
    {
        (this.source, this.options) = (source, options);
        scanner = new JsonScanner(options.MaxDepth);
        sent = new FastEvent(new FastTimes(source, options), new JsonSlice[Math.Max(weir.Slots, segment.Slots)]);
        envelope = new FastEnvelope(new EventTimes(source, options), new JsonCheck(options.MaxDepth));
        contract = new FastContract(options.Rules.Contracts, source);
        maxAge = source.MaxAge is { } age ? age.Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue;
    }

    /// <summary>Whether there is a fast path for a source at all.</summary>
    public static bool Serves(SourceDefinition source) => source.Entity is null && source.IdFields.Count == 0;

    /// <summary>Reads an event into a row of a block; false: ask the plain path, which may use the row.</summary>
    public bool TryRead(Frame frame, int index, string streamId, EventBlock block, int row)
    {
        IFastDialect? dialect = frame.Dialect switch { Dialects.Weir => weir, Dialects.Segment => segment, _ => null };
        var text = frame.Events[index];
        if (dialect is null || frame.Dropped is not null || text.Length > options.MaxBytes) return false;
        envelope.Take(frame, block);
        if (!envelope.IsSure) return false;
        var at = Place(frame, text, block);
        if (!scanner.TryScan(new ReadOnlySpan<byte>(at, text.Length), dialect.Plan, sent.Slots)) return false;
        sent.Begin(at, block, row, envelope.ReceivedAt);
        dialect.Map(sent, envelope);
        return sent.IsSure && TryComplete(frame, frame.FirstOrdinal + index, streamId);
    }

    /// <summary>Where the row's texts will lie: where the event lies, if it stays there for the whole round.</summary>
    private static byte* Place(Frame frame, ReadOnlyMemory<byte> text, EventBlock block)
    {
        if (frame.Memory is not null) return FrameMemory.PointerTo(text);
        var at = block.Memory.Take(text.Length);
        text.Span.CopyTo(new Span<byte>(at, text.Length));
        return at;
    }

    private bool TryComplete(Frame frame, long position, string streamId)
    {
        var (block, row, name) = (sent.Block, sent.Row, sent.Name);
        if (name.IsNull) return false;
        if (source.DropBots && sent.Has(EventText.UserAgent) && IsBot(block.Text(EventText.UserAgent, row))) return false;
        var eventTime = FastTimes.Correct(sent.ClientTime, sent.SentAt, sent.ArrivedAt, sent.ReceivedAt);
        if (maxAge != long.MaxValue && eventTime < sent.ReceivedAt - maxAge) return false;
        block.Number(EventNumber.ClientTime, row) = sent.ClientTime;
        block.Number(EventNumber.SentAt, row) = sent.SentAt;
        block.Number(EventNumber.EventTime, row) = eventTime;
        block.Number(EventNumber.ReceivedAt, row) = sent.ReceivedAt;
        block.Number(EventNumber.Position, row) = position;
        block.Set(EventText.Event, row, name);
        block.Name(row) = names.Of(TextCell.Bytes(&name));
        if (!contract.TryApply(block, row)) return false;
        if (source.RequireIdentity && !sent.IsOfGroup && !sent.Has(EventText.UserId) && !sent.Has(EventText.AnonymousId)) return false;
        SetId(position, streamId);
        SetImputed();
        if (!ReferenceEquals(place.Block, block) || place.Generation != block.Generation || place.Stream != streamId)
            (place, stream) = ((block, block.Generation, streamId), block.Memory.Add(streamId));
        block.Set(EventText.Stream, row, stream);
        block.Set(EventText.Dialect, row, block.Memory.Add(frame.Dialect));
        return true;
    }

    private void SetId(long position, string streamId)
    {
        var (block, row, id) = (sent.Block, sent.Row, sent.Id);
        if (!id.IsNull && UuidText.TryRead(TextCell.Bytes(&id), out var bits, out var isLower))
        {
            block.Id(row) = bits;
            block.Set(EventText.EventId, row, isLower ? id : UuidText.Write(bits, block.Memory));
            return;
        }
        var made = id.IsNull ? EventIds.FromPosition(streamId, position) : EventIds.FromClient(source.Name, Encoding.UTF8.GetString(TextCell.Bytes(&id)));
        block.Id(row) = UuidV5.ToUInt128(made);
        block.Set(EventText.EventId, row, UuidText.Write(block.Id(row), block.Memory));
    }

    private void SetImputed()
    {
        var (hasId, hasTime) = (!sent.Id.IsNull, sent.ClientTime != EventColumns.None);
        if (contract.Imputed.Count > 0)
        {
            string[] made = [.. hasId ? [] : new[] { "event_id" }, .. hasTime ? [] : new[] { "event_time" }, .. contract.Imputed];
            sent.Set(EventText.Imputed, sent.Block.Memory.Add(string.Join(',', made)));
        }
        else if (!hasId || !hasTime) sent.Set(EventText.Imputed, sent.Block.Memory.Add(hasId ? "event_time"u8 : hasTime ? "event_id"u8 : "event_id,event_time"u8));
    }

    private bool IsBot(ReadOnlySpan<byte> userAgent) => options.Rules.Bots.Matches(userAgents.Of(userAgent));
}
