using Weir.Events;
using Weir.Identifiers;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Tap;

/// <summary>One event as it arrived, the way landing's evaluator sees it: nothing of it is shown that the lake would not keep.</summary>
internal sealed class TapEvent(Frame frame, int index, IEventStream stream, SourceDefinition source, Verdict verdict)
{
    private byte[]? json;

    public string Stream => stream.Id;
    public string Source => source.Name;
    public SourceDefinition Declared => source;
    public long Position => frame.FirstOrdinal + index;
    public DateTimeOffset ReceivedAt => frame.ReceivedAt;
    public string Dialect => frame.Dialect;
    public Verdict Verdict => verdict;

    /// <summary>The event's id as the lake would have it; null: it has none, or is no event.</summary>
    public Guid? Id => verdict.About.Id;

    /// <summary>The event's name, if it could be read.</summary>
    public string? Name => verdict.About.Name;

    public bool IsOf(string user) => verdict is Verdict.Event { Row: var row } && (row.UserId == user || row.AnonymousId == user);

    /// <summary>64 well mixed bits that all copies of an event share: by them it is in a sample or out of it.</summary>
    public ulong Hash => HashOf(Id ?? EventIds.FromPosition(Stream, Position));

    public static ulong HashOf(Guid id)
    {
        var bits = UuidV5.ToUInt128(id);
        return Mixing.Mix((ulong)(bits >> 64) ^ Mixing.Mix((ulong)bits));
    }

    /// <summary>The message, made once however many subscribers get it.</summary>
    public byte[] Json => json ??= TapJson.Of(this, new Fate(Fate.Pending));
}
