using System.Text.Json.Serialization;

namespace Weir.Connect.Files;

/// <summary>What is known of a loaded file. It is written last: what it says was received. Its last part is what the file is now.</summary>
/// <param name="Source">The source.</param>
/// <param name="Stream"><c>file/&lt;sha256 of what was first taken&gt;</c>.</param>
/// <param name="Path">The full path it was first taken from.</param>
/// <param name="Dialect">How its records are to be read.</param>
/// <param name="IsGzip">Whether raw holds it compressed.</param>
/// <param name="Header">For CSV the column names.</param>
/// <param name="Parts">What was taken at one time, in order.</param>
internal sealed record FileManifest(
    string Source, string Stream, string Path, string Dialect, bool IsGzip, IReadOnlyList<string>? Header, IReadOnlyList<FilePart> Parts)
{
    public string FileName => System.IO.Path.GetFileName(Path);

    public long Head => Parts[^1].FirstOrdinal + Parts[^1].Records;

    public bool Holds(string sha256) => Parts.Any(p => p.Sha256 == sha256);
}

/// <summary>What was taken of a file at one time: its end, beyond what had been taken before.</summary>
/// <param name="Sha256">The hash of the whole file up to this part's end, lower-case hexadecimal; the raw copy's name.</param>
/// <param name="Length">The file's length up to this part's end, in bytes as it lies on disk.</param>
/// <param name="ReceivedAt">When it was taken, UTC.</param>
/// <param name="FirstOrdinal">The ordinal of its first record.</param>
/// <param name="Records">How many records, counted apart from the code that splits them.</param>
/// <param name="FirstLine">The 1-based line of the file on which it begins.</param>
/// <param name="Lines">How many line ends it holds.</param>
/// <param name="Joined">How many bytes at its beginning only end the line of the part before.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Marks">Places from which it can be read; none where raw holds it compressed.</param>
internal sealed record FilePart(
    string Sha256, long Length, DateTimeOffset ReceivedAt, long FirstOrdinal, long Records, long FirstLine, long Lines, int Joined, PartEnd End,
    IReadOnlyList<PartMark> Marks)
{
    /// <summary>The hour in which it was taken, UTC.</summary>
    [JsonIgnore]
    public DateTime Hour => ReceivedAt.UtcDateTime is var at ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerHour)) : default;
}

/// <summary>Where a record begins within a part, so that reading can begin there.</summary>
/// <param name="Ordinal">The record.</param>
/// <param name="Offset">Bytes of the part before it.</param>
/// <param name="Line">The 1-based line of the file on which it begins.</param>
internal sealed record PartMark(long Ordinal, long Offset, long Line);

/// <summary>Where a file or part ends.</summary>
internal enum PartEnd
{
    /// <summary>After a line end.</summary>
    Line,
    /// <summary>After a record that no line end follows.</summary>
    Record,
    /// <summary>Inside quotes.</summary>
    Quotes,
}
