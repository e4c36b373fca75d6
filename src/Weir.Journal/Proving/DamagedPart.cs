using Weir.Journal.Format;
using Weir.Journal.Recovery;

namespace Weir.Journal.Proving;

/// <summary>A part of a stream that cannot be read.</summary>
/// <param name="File">The file; where it is gone, the name it had in the journal.</param>
/// <param name="Gap">The ordinals and bytes.</param>
/// <param name="Hour">The receive hour: the segment's, or the one before; null if neither is known.</param>
/// <param name="Before">The last whole frame before it.</param>
internal sealed record DamagedPart(string File, Gap Gap, DateTime? Hour, FrameHeader? Before)
{
    /// <summary>The first whole frame after it.</summary>
    public FrameHeader? After { get; set; }
}
