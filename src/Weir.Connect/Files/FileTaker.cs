using Weir.Events;
using Weir.Journal;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>A file copied to raw and counted, with the manifest that will say so; no manifest: the file does not continue what was taken.</summary>
internal sealed record Taking(IntakeOutcome Outcome, FileManifest? Manifest);

/// <summary>Copies a file, or what is new of it, to raw and counts it.</summary>
internal sealed class FileTaker(IDisk disk, KeyStore keys, ManifestStore store, RawParts raw)
{
    public async Task<Taking> PrepareAsync(
        SourceDefinition source, FileInfo file, FileManifest? known, Digest digest, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var isCsv = known is null ? source.Format == FileFormat.Csv : known.Dialect == Dialects.Csv;
        var isGzip = known?.IsGzip ?? file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var last = known?.Parts[^1];
        var target = store.RawPath(source.Name, digest.Sha256);
        var temporary = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            var copied = await CopyAsync(source.Name, file.FullName, temporary, last?.Length ?? 0, receivedAt, cancellationToken).ConfigureAwait(false);
            if (copied != digest.Sha256) return new Taking(IntakeOutcome.NotStill, null);
            var header = known is null && isCsv ? await ReadHeaderAsync(source.Name, file.FullName, temporary, isGzip, cancellationToken).ConfigureAwait(false) : null;
            var count = await CountAsync(source.Name, file.FullName, temporary, isGzip, isCsv, last?.End ?? PartEnd.Line, cancellationToken).ConfigureAwait(false);
            if (count.Joined < 0) return new Taking(IntakeOutcome.Changed, null);
            var (counter, joinedLines) = (count.Counter, count.Joined > 0 ? 1 : 0);
            var (firstOrdinal, firstLine, headers) = (known?.Head ?? 0, last is null ? 1 : last.FirstLine + last.Lines, header is null ? 0 : 1);
            var marks = counter.Marks.Select(m => new PartMark(firstOrdinal + m.Records - headers, m.Offset + count.Joined, firstLine + joinedLines + m.Lines));
            var part = new FilePart(
                digest.Sha256, file.Length, receivedAt, firstOrdinal, counter.Records - headers, firstLine, counter.Lines + joinedLines, count.Joined, End(count, last),
                isGzip ? [] : [.. marks]);
            disk.Replace(temporary, target);
            disk.SyncFolder(store.FolderOf(source.Name));
            return known is null
                ? new Taking(IntakeOutcome.Taken, new FileManifest(
                    source.Name, ManifestStore.StreamOf(digest.Sha256), file.FullName, isCsv ? Dialects.Csv : Dialects.Weir, isGzip, header, [part]))
                : new Taking(IntakeOutcome.Grown, known with { Parts = [.. known.Parts, part] });
        }
        finally
        {
            disk.Delete(temporary);
        }
    }

    /// <summary>A part that adds nothing but a line end, or nothing at all, ends where it says; one without bytes of its own where the one before did.</summary>
    private static PartEnd End(PartCount count, FilePart? last) =>
        count.Counter.Records == 0 && count.Joined == 0 && last is not null ? last.End : count.Counter.End;

    private async Task<string> CopyAsync(string source, string path, string target, long from, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(receivedAt.UtcDateTime);
        using var writer = new RawWriter(disk, target, keys.GetOrCreate(source, day), day);
        var digest = await Digest.ReadAsync(disk, path, from, writer.Write, cancellationToken).ConfigureAwait(false);
        writer.Complete();
        return digest.Sha256;
    }

    private async Task<IReadOnlyList<string>?> ReadHeaderAsync(string source, string path, string rawPath, bool isGzip, CancellationToken cancellationToken)
    {
        var stream = raw.OpenPath(source, rawPath, isGzip);
        await using (stream.ConfigureAwait(false))
        {
            var splitter = new RecordSplitter(stream, new CsvScanner(), 1);
            try
            {
                return await splitter.ReadAsync(cancellationToken).ConfigureAwait(false) ? CsvHeader.Parse(path, splitter.Record) : null;
            }
            catch (InvalidDataException e)
            {
                throw ConnectErrors.DamagedGzip(path, e);
            }
        }
    }

    private async Task<PartCount> CountAsync(string source, string path, string rawPath, bool isGzip, bool isCsv, PartEnd before, CancellationToken cancellationToken)
    {
        // The seal needs the compressed bytes, so the copy is opened as it lies.
        var stream = raw.OpenPath(source, rawPath, isGzip: false);
        await using (stream.ConfigureAwait(false))
            return await PartCount.ReadAsync(stream, path, isGzip, isCsv, before, cancellationToken).ConfigureAwait(false);
    }
}
