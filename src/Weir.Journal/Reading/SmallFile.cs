using Weir.Storage;

namespace Weir.Journal.Reading;

internal static class SmallFile
{
    public static byte[] Read(IDisk disk, string path)
    {
        using var file = disk.OpenRead(path);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
