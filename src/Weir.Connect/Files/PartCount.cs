using Weir.Compression;

namespace Weir.Connect.Files;

/// <summary>What an independent reading of a raw copy found.</summary>
/// <param name="Counter">The count, without <paramref name="Joined"/>.</param>
/// <param name="Joined">Bytes at the beginning that only end the line of the part before; -1: the part before ended inside a record that goes on here.</param>
internal sealed record PartCount(RecordCounter Counter, int Joined)
{
    /// <summary>The longest record that can be split in memory.</summary>
    public const long LongestRecord = 512L << 20;

    /// <summary>Counts what lies in raw: so that what is counted is what can be read back.</summary>
    /// <param name="raw">The raw copy, decrypted.</param>
    /// <param name="path">The file it was taken from, for messages.</param>
    /// <param name="isGzip">Whether it is compressed.</param>
    /// <param name="isCsv">Whether quotes count.</param>
    /// <param name="before">Where the part before it ended.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="longest">The longest record, in bytes.</param>
    public static async Task<PartCount> ReadAsync(
        Stream raw, string path, bool isGzip, bool isCsv, PartEnd before, CancellationToken cancellationToken, long longest = LongestRecord)
    {
        var counter = new RecordCounter(isCsv);
        var joined = 0;
        var begun = before == PartEnd.Line;
        void Add(ReadOnlySpan<byte> bytes)
        {
            if (!begun && bytes.Length > 0)
            {
                begun = true;
                joined = before == PartEnd.Quotes ? -1 : bytes[0] == '\n' ? 1 : bytes.StartsWith("\r\n"u8) ? 2 : -1;
                bytes = bytes[Math.Max(joined, 0)..];
            }
            counter.Add(bytes);
        }

        await (isGzip ? ReadSealedAsync(raw, path, Add, cancellationToken) : ReadPlainAsync(raw, Add, cancellationToken)).ConfigureAwait(false);
        if (counter.Longest > longest) throw ConnectErrors.RecordTooLong(path, counter.LongestLine, counter.Longest, longest);
        return new PartCount(counter, joined);
    }

    private static async Task ReadPlainAsync(Stream stream, Action<ReadOnlySpan<byte>> add, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 18];
        while (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is var read and > 0)
            add(buffer.AsSpan(0, read));
    }

    private static async Task ReadSealedAsync(Stream raw, string path, Action<ReadOnlySpan<byte>> add, CancellationToken cancellationToken)
    {
        var seal = new GzipSeal();
        var buffer = new byte[1 << 18];
        var held = 0;
        try
        {
            var stream = seal.Open(raw);
            await using (stream.ConfigureAwait(false))
            {
                // What may be the seal is held back until more follows.
                while (await stream.ReadAtLeastAsync(buffer.AsMemory(held), buffer.Length - held, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is var read and > 0)
                {
                    var ready = Math.Max(held + read - GzipSeal.Length, 0);
                    add(buffer.AsSpan(0, ready));
                    buffer.AsSpan(ready..(held + read)).CopyTo(buffer);
                    held = held + read - ready;
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw ConnectErrors.DamagedGzip(path, e);
        }
        if (!seal.IsWhole(buffer.AsSpan(0, held))) throw ConnectErrors.DamagedGzip(path, null);
    }
}
