namespace Weir.Connect.Files;

/// <summary>Whether somebody may still be writing a file.</summary>
internal sealed class Stillness(TimeSpan stillFor, TimeProvider time)
{
    private readonly Dictionary<string, (long Length, DateTime Modified, DateTimeOffset Since)> seen = new(StringComparer.Ordinal);

    /// <summary>
    /// True if its marker exists, or its time lies far enough back, or (for file servers whose clock is ahead) it was seen like this long enough ago.
    /// </summary>
    public bool IsStill(FileInfo file)
    {
        var now = time.GetUtcNow();
        if (stillFor == TimeSpan.Zero || now - file.LastWriteTimeUtc >= stillFor || File.Exists($"{file.FullName}.done")) return true;
        if (seen.TryGetValue(file.FullName, out var before) && (before.Length, before.Modified) == (file.Length, file.LastWriteTimeUtc)) return now - before.Since >= stillFor;
        seen[file.FullName] = (file.Length, file.LastWriteTimeUtc, now);
        return false;
    }
}
