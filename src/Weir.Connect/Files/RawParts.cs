using System.IO.Compression;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>Opens raw copies for reading, decrypted and decompressed.</summary>
internal sealed class RawParts(IDisk disk, KeyStore keys, ManifestStore store)
{
    public Stream Open(string source, string sha256, bool isGzip) => OpenPath(source, store.RawPath(source, sha256), isGzip);

    public Stream OpenPath(string source, string path, bool isGzip)
    {
        var raw = new RawReader(disk, keys, source, path);
        return isGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
    }
}
