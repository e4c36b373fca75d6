using System.IO.Compression;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>Opens raw copies for reading, decrypted and decompressed.</summary>
internal sealed class RawParts(IDisk disk, KeyStore keys, ManifestStore store)
{
    /// <summary>A part without its first bytes.</summary>
    public Stream Open(string source, string sha256, bool isGzip, long skip) => OpenPath(source, store.RawPath(source, sha256), isGzip, skip);

    public Stream OpenPath(string source, string path, bool isGzip, long skip = 0)
    {
        var raw = new RawReader(disk, keys, source, path);
        if (!isGzip)
        {
            raw.Skip(skip);
            return raw;
        }
        var plain = new GZipStream(raw, CompressionMode.Decompress);
        plain.ReadExactly(new byte[skip]); // compressed parts have no marks: a line end at most
        return plain;
    }
}
