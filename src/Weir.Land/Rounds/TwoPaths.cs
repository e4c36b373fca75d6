using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Masking;
using Weir.Land.Fast.Reading;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>The fast and the plain path of a source; they serve one thread.</summary>
internal sealed class TwoPaths(SourceDefinition source, EvaluatorOptions options)
{
    private readonly Evaluator plain = new(source, options);
    private readonly FastReader? fast = options.FastPath && FastReader.Serves(source) ? new(source, options) : null;
    private readonly FastMask? mask = options.Rules.Personal.KeepsAll ? null : new(options.Rules);

    /// <summary>Judges one event: null if it lands as the row that now lies in the block.</summary>
    public Verdict? Judge(Frame frame, int index, string stream, EventBlock block, int row)
    {
        if (fast?.TryRead(frame, index, stream, block, row) != true)
            return frame.Dropped is { } reason ? new Verdict.Dropped(reason) : plain.Evaluate(frame, index, stream);
        if (options.Erased().IsEmpty && mask?.TryApply(block, row) != false) return null;
        // What masking and erasure look at is the plain path's row: the same values as an object, and the same steps.
        var read = EventRows.Read(block, row, source.Name);
        var kept = plain.Keep(new Verdict.Event(read), read, frame.Events[index].Span);
        return kept is Verdict.Event && options.Rules.Personal.KeepsAll ? null : kept;
    }
}
