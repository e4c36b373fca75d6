using System.Security.Cryptography;
using Weir.Events;

namespace Weir.Connect.Files;

/// <summary>
/// Proves a loaded file from its raw copies: every chunk's tag, the hash of the file as it was at each time, and the number of records by the
/// independent count.
/// </summary>
internal sealed class FileProof(LoadedFile file, ManifestStore store, RawParts raw)
{
    private const string Restore = "Restore the folder raw/files from a copy";
    private readonly List<ReceivedHour> received = [];
    private readonly List<StreamFault> faults = [];
    private long passedOver;

    public async Task<StreamProof> RunAsync(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (claim.To <= claim.From) return new([], []);
        FileManifest manifest;
        try
        {
            manifest = store.Find(file.Source, file.Id) ?? throw ConnectErrors.DamagedManifest(file.Id, null);
        }
        catch (Exception e) when (e is WeirException or IOException or UnauthorizedAccessException)
        {
            faults.Add(new(claim.From, claim.To, store.PathOf(file.Source, file.Id), $"cannot be read: {e.Message}", Restore));
            return new(received, faults);
        }
        if (ManifestStore.StreamOf(manifest.Parts[0].Sha256) != file.Id)
            faults.Add(new(claim.From, claim.To, store.PathOf(file.Source, file.Id), $"is the manifest of stream {ManifestStore.StreamOf(manifest.Parts[0].Sha256)}", Restore));
        var removed = claim.ReadRemoved().Select(r => r.Hash).ToHashSet(StringComparer.Ordinal);
        await ReadPartsAsync(manifest, claim.To, removed, progress, cancellationToken).ConfigureAwait(false);
        if (manifest.Head < claim.To)
            faults.Add(new(manifest.Head, claim.To, store.PathOf(file.Source, file.Id), $"says that the file has {manifest.Head} records, but more were received", Restore));
        return new(received, faults, passedOver);
    }

    /// <summary>All up to an ordinal: a part's hash is over all before it, too.</summary>
    private async Task ReadPartsAsync(FileManifest manifest, long to, HashSet<string> removed, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (length, next, before, isWhole) = (0L, 0L, PartEnd.Line, true);
        foreach (var part in manifest.Parts.TakeWhile(p => p.FirstOrdinal < to))
        {
            var (path, end) = (store.RawPath(file.Source, part.Sha256), part.FirstOrdinal + part.Records);
            void Fault(string what) => faults.Add(new(part.FirstOrdinal, end, path, what, Restore));

            if (part.FirstOrdinal != next) Fault($"begins at record {part.FirstOrdinal}, but the part before it ends at {next}");
            (next, before, var last) = (end, part.End, before);
            if (removed.Contains(part.Sha256) && !File.Exists(path))
            {
                isWhole = false; // the hashes of what follows are over its bytes, too
                passedOver += part.Records;
                Receive(part);
                progress?.Report(part.Records);
                continue;
            }
            try
            {
                var stream = new HashingStream(raw.Open(file.Source, part.Sha256, isGzip: false, skip: 0), hash);
                await using (stream.ConfigureAwait(false))
                {
                    var count = await PartCount.ReadAsync(stream, path, manifest.IsGzip, manifest.Dialect == Dialects.Csv, last, cancellationToken).ConfigureAwait(false);
                    await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                    var headers = part.FirstOrdinal == 0 && ReferenceEquals(part, manifest.Parts[0]) && manifest.Header is not null ? 1 : 0;
                    length += stream.Count;
                    if (count.Counter.Records - headers != part.Records) Fault($"holds {count.Counter.Records - headers} records, but {part.Records} were counted when it was taken");
                    if (isWhole && (length != part.Length || Convert.ToHexStringLower(hash.GetCurrentHash()) != part.Sha256)) Fault("is not the content that was taken: its hash is another");
                }
                Receive(part);
            }
            catch (Exception e) when (e is WeirException or IOException or UnauthorizedAccessException)
            {
                isWhole = false; // the hashes of what follows cannot be known either
                Fault($"cannot be read: {(e is WeirException weir ? $"{weir.Code} " : "")}{e.Message}");
            }
            progress?.Report(part.Records);
        }
    }

    private void Receive(FilePart part)
    {
        if (part.Records > 0) received.Add(new(part.Hour, part.FirstOrdinal, part.Records));
    }
}
