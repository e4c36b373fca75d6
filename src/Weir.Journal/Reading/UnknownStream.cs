using Weir.Events;
using Weir.Journal.Format;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>A stream whose <c>stream.json</c> is damaged. Its id is what the segments' headers say; if none can be read, the folder's name stands for it.</summary>
internal sealed class UnknownStream(string folder, string source, WeirException why, IDisk disk) : UnreadableStream(IdInHeaders(disk, folder) ?? $"journal/{source}", source, why)
{
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
