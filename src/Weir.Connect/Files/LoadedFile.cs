using System.Runtime.CompilerServices;
using System.Text.Json;
using Weir.Events;

namespace Weir.Connect.Files;

/// <summary>
/// A loaded file as a stream of events: its raw copies are split anew at each reading, by its manifest as it is then. Where that is damaged each reading fails, until it
/// is mended.
/// </summary>
internal sealed class LoadedFile(string source, string id, ManifestStore store, RawParts raw) : IProvableStream, IKeptStream
{
    private const int FrameEvents = 1000, FrameBytes = 4 << 20;

    public string Id => id;

    public string Source => source;

    public long ReadHead() => ReadManifest().Head;

    public long ReadFirst()
    {
        var manifest = ReadManifest();
        return manifest.Parts.SkipWhile(p => store.IsRemoved(Source, p.Sha256)).FirstOrDefault()?.FirstOrdinal ?? manifest.Head;
    }

    public IReadOnlyList<KeptPiece> FindRemovable(long upto, DateTimeOffset receivedBefore) =>
    [
        .. from part in ReadManifest().Parts.TakeWhile(p => p.ReceivedAt < receivedBefore && p.FirstOrdinal + p.Records <= upto)
           let copy = new FileInfo(store.RawPath(Source, part.Sha256))
           where copy.Exists
           select new KeptPiece(copy.FullName, copy.Length, new(part.Hour, part.FirstOrdinal, part.Records, part.Sha256)),
    ];

    public void Remove(IReadOnlyList<KeptPiece> pieces, long lease) => store.DeleteCopies(Source, [.. pieces.Select(p => p.What.Hash)]);

    public IReadOnlyList<ReceivedHour> ReadReceived()
    {
        var hours = new List<ReceivedHour>();
        foreach (var part in ReadManifest().Parts)
        {
            if (part.Records == 0) continue;
            var hour = part.Hour;
            if (hours.Count > 0 && hours[^1].Hour == hour) hours[^1] = hours[^1] with { Count = hours[^1].Count + part.Records };
            else hours.Add(new ReceivedHour(hour, part.FirstOrdinal, part.Records));
        }
        return hours;
    }

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var manifest = ReadManifest();
        store.MakeDurable(manifest);
        if (from < 0 || from > manifest.Head) throw ConnectErrors.OutsideStream(Id, from, manifest.Head);
        if (ReadFirst() is var first && from < first) throw ConnectErrors.Removed(Source, Id, from, first);
        var envelope = JsonSerializer.SerializeToUtf8Bytes(manifest.Header is { } header ? (object)new { file = manifest.FileName, header } : new { file = manifest.FileName });
        foreach (var part in manifest.Parts)
        {
            if (part.FirstOrdinal + part.Records <= from) continue;
            await foreach (var frame in ReadPartAsync(manifest, part, envelope, from, cancellationToken).ConfigureAwait(false))
                if (frame.NextOrdinal > from) yield return frame.From(from);
        }
    }

    public ChainMark? ReadMark()
    {
        store.MakeDurable(ReadManifest());
        return null; // its id is the hash of what was first taken, and its manifest has those of what followed
    }

    public Task<StreamProof> ProveAsync(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new FileProof(this, store, raw).RunAsync(claim, progress, cancellationToken);

    private FileManifest ReadManifest() => store.Find(Source, Id) ?? throw ConnectErrors.DamagedManifest(Id, null);

    private async IAsyncEnumerable<Frame> ReadPartAsync(
        FileManifest manifest, FilePart part, byte[] envelope, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mark = part.Marks.LastOrDefault(m => m.Ordinal <= from);
        var begin = mark ?? new PartMark(part.FirstOrdinal, part.Joined, part.FirstLine + (part.Joined > 0 ? 1 : 0));
        var stream = raw.Open(Source, part.Sha256, manifest.IsGzip, begin.Offset);
        await using (stream.ConfigureAwait(false))
        {
            var splitter = new RecordSplitter(stream, Scanner(manifest.Dialect), begin.Line);
            var hasHeader = mark is null && manifest.Header is not null && ReferenceEquals(part, manifest.Parts[0]);
            if (hasHeader) await splitter.ReadAsync(cancellationToken).ConfigureAwait(false);
            var ordinal = begin.Ordinal;
            var (events, lines, bytes) = (new List<ReadOnlyMemory<byte>>(), new List<long>(), 0L);
            Frame Cut()
            {
                var frame = new Frame(ordinal, part.ReceivedAt, manifest.Dialect, envelope, events, lines);
                ordinal = frame.NextOrdinal;
                (events, lines, bytes) = ([], [], 0);
                return frame;
            }

            while (await splitter.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (events.Count > 0 && (events.Count == FrameEvents || bytes + splitter.Record.Length > FrameBytes)) yield return Cut();
                if (ordinal + events.Count == part.FirstOrdinal + part.Records) throw ConnectErrors.CountDiffers(Id, part.Records, part.Records + 1);
                events.Add(splitter.Record.ToArray());
                lines.Add(splitter.Line);
                bytes += splitter.Record.Length;
            }
            if (events.Count > 0) yield return Cut();
            if (ordinal != part.FirstOrdinal + part.Records) throw ConnectErrors.CountDiffers(Id, part.Records, ordinal - part.FirstOrdinal);
        }
    }

    public static IRecordScanner Scanner(string dialect) => dialect == Dialects.Csv ? new CsvScanner() : new LineScanner();
}
