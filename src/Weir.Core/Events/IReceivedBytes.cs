namespace Weir.Events;

/// <summary>A place where bytes as received lie, encrypted with a key per source and day: the journal with raw, the copies of loaded files.</summary>
public interface IReceivedBytes
{
    /// <summary>The days (UTC) of whose keys something of a source that lies here has need; null: that cannot be told, and no key of the source may go.</summary>
    /// <param name="source">The source.</param>
    /// <param name="leaving">Files that do not count, by path.</param>
    IReadOnlySet<DateOnly>? FindKeyDays(string source, IReadOnlySet<string> leaving);

    /// <summary>Files that belong to no event: what a crash left, or a file without one. Full paths.</summary>
    /// <param name="source">The source.</param>
    /// <param name="before">Only those that are older.</param>
    IReadOnlyList<string> FindLeftovers(string source, DateTimeOffset before);
}
