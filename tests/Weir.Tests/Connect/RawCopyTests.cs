using System.Security.Cryptography;
using Weir.Connect.Files;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Tests.Connect;

/// <summary>The invariants of <c>docs/formats/raw-files.md</c>.</summary>
public sealed class RawCopyTests : IDisposable
{
    private static readonly DateOnly Day = new(2024, 6, 15);
    private readonly IntakeFolder folder = new();
    private readonly KeyStore keys;
    private readonly string path;

    public RawCopyTests() => (keys, path) = (folder.Keys(), Path.Combine(folder.Root, "copy.raw"));

    public void Dispose() => folder.Dispose();

    [Theory] // R1, R2
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RawFormat.ChunkBytes - 1)]
    [InlineData(RawFormat.ChunkBytes)]
    [InlineData(RawFormat.ChunkBytes + 1)]
    [InlineData(RawFormat.ChunkBytes * 3)]
    public void What_was_written_is_read_whatever_its_length(int length)
    {
        var plain = Write(length);
        Read().ShouldBe(plain);
        var chunks = Math.Max(1, (length + RawFormat.ChunkBytes - 1) / RawFormat.ChunkBytes);
        new FileInfo(path).Length.ShouldBe(32 + length + 16 * chunks);
    }

    [Fact] // R3
    public void A_changed_bit_anywhere_is_damage()
    {
        Write(300_000);
        var bytes = File.ReadAllBytes(path);
        foreach (var at in (int[])[0, 9, 13, 17, 31, 32, 1000, 262_000, 262_180, 300_000, bytes.Length - 1])
        {
            bytes[at] ^= 1;
            File.WriteAllBytes(path, bytes);
            Should.Throw<WeirException>(Read, $"byte {at}").Code.ShouldBeOneOf("WEIR4005", "WEIR4006");
            bytes[at] ^= 1;
        }
    }

    [Theory] // R4
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(RawFormat.ChunkBytes + 16)]
    [InlineData(RawFormat.ChunkBytes * 2 + 32)]
    public void A_cut_file_is_damage_even_between_chunks(int cut)
    {
        Write(RawFormat.ChunkBytes * 3);
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - cut);
        Should.Throw<WeirException>(Read).Code.ShouldBe("WEIR4005");
    }

    [Fact] // R4
    public void Chunks_that_changed_places_are_damage()
    {
        Write(RawFormat.ChunkBytes * 3);
        var bytes = File.ReadAllBytes(path);
        const int chunk = RawFormat.ChunkBytes + 16;
        File.WriteAllBytes(path, [.. bytes[..32], .. bytes[(32 + chunk)..(32 + 2 * chunk)], .. bytes[32..(32 + chunk)], .. bytes[(32 + 2 * chunk)..]]);
        Should.Throw<WeirException>(Read).Code.ShouldBe("WEIR4005");
    }

    private byte[] Write(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        using var writer = new RawWriter(LocalDisk.Instance, path, keys.GetOrCreate("lines", Day), Day);
        for (int at = 0, take; at < length; at += take) writer.Write(plain.AsSpan(at, take = Math.Min(100_000, length - at)));
        writer.Complete();
        return plain;
    }

    private byte[] Read()
    {
        using var reader = new RawReader(LocalDisk.Instance, keys, "lines", path);
        var plain = new MemoryStream();
        reader.CopyTo(plain);
        return plain.ToArray();
    }
}
