using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Journal.Format;

/// <summary>
/// The chain of hashes over the plain frames of a stream: <c>SHA-256(previous ‖ first ordinal ‖ count ‖ receive time ‖ SHA-256(body))</c>.
/// It holds nothing of the encryption, so that a segment can be compressed and encrypted anew without touching it.
/// </summary>
internal static class HashChain
{
    public const int Length = 32;

    /// <summary>Before a stream's first frame.</summary>
    public static byte[] Start => new byte[Length];

    public static byte[] Next(ReadOnlySpan<byte> previous, in FrameHeader frame, ReadOnlySpan<byte> bodyHash)
    {
        Span<byte> input = stackalloc byte[Length + 20 + Length];
        previous.CopyTo(input);
        BinaryPrimitives.WriteInt64LittleEndian(input[32..], frame.FirstOrdinal);
        BinaryPrimitives.WriteInt32LittleEndian(input[40..], frame.Count);
        BinaryPrimitives.WriteInt64LittleEndian(input[44..], frame.ReceivedMicros);
        bodyHash.CopyTo(input[52..]);
        return SHA256.HashData(input);
    }
}
