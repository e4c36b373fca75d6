using System.Buffers;
using System.Security.Cryptography;
using Weir.Identifiers;
using Weir.Journal.Format;

namespace Weir.Journal.Writing;

/// <summary>A batch that waits for the disk: its plain frame body, made by the caller's thread so that the stream's one thread has less to do.</summary>
internal sealed class PendingBatch
{
    private readonly byte[] buffer;
    private readonly TaskCompletionSource<AppendResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingBatch(int length, string dialect, ReadOnlyMemory<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        (BodyLength, Count) = (length, events.Count);
        buffer = ArrayPool<byte>.Shared.Rent(length);
        FrameBody.Write(buffer.AsSpan(0, length), dialect, envelope, events);
        Crc = Crc32C.Compute(Body);
        Hash = SHA256.HashData(Body);
    }

    public int BodyLength { get; }
    public int Count { get; }
    public uint Crc { get; }
    public byte[] Hash { get; }
    public ReadOnlySpan<byte> Body => buffer.AsSpan(0, BodyLength);

    /// <summary>What the frame takes on disk.</summary>
    public int FrameLength => FrameHeader.Length + BodyLength + FrameHeader.TagLength;

    /// <summary>Completes when the batch is durable, or fails.</summary>
    public Task<AppendResult> Task => completion.Task;

    public void Complete(AppendResult result)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        completion.SetResult(result);
    }

    public void Fail(Exception exception)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        completion.SetException(exception);
    }
}
