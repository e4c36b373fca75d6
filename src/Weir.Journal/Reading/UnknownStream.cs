using Weir.Events;
using Weir.Journal.Format;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>Stands for a stream whose <c>stream.json</c> is damaged: whoever reads it is told, and the other streams go on.</summary>
internal sealed class UnknownStream(string folder, string source, WeirException why, IDisk disk) : IEventStream
{
    /// <summary>The birth id that the segments' headers say; if none can be read, the folder's name stands for it.</summary>
    public string Id { get; } = IdInHeaders(disk, folder) ?? $"journal/{source}";

    public string Source => source;

    public long ReadHead() => throw Why();

    public long ReadFirst() => throw Why();

    public IReadOnlyList<ReceivedHour> ReadReceived() => throw Why();

    public IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken) => throw Why();

    private WeirException Why() => new(why.Code, why.Message, why);

    private static string? IdInHeaders(IDisk disk, string folder)
    {
        foreach (var path in disk.List(folder, "*.seg"))
        {
            using var file = disk.OpenRead(path);
            var start = new byte[SegmentHeader.MaxLength];
            var read = RandomAccess.Read(file.SafeFileHandle, start, 0);
            if (SegmentHeader.TryRead(start.AsSpan(0, read), path) is { } header) return header.StreamId.ToString("d");
        }
        return null;
    }
}
