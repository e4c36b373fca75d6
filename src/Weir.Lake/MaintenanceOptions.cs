namespace Weir.Lake;

/// <summary>How a lake is kept small while it is in use.</summary>
/// <param name="TemporaryFolder">Where DuckDB may write beyond its memory limit.</param>
public sealed record MaintenanceOptions(string TemporaryFolder)
{
    /// <summary>For how long files that were removed from the lake, and the log of how it was, stay for those who still read an older snapshot.</summary>
    public TimeSpan VacuumAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A file of this size is left as it is; smaller ones are put together until they have it. No file becomes twice as large.</summary>
    public long TargetBytes { get; init; } = 128L << 20;

    /// <summary>A partition with more small files than this is compacted though more is to come.</summary>
    public int FilesPerPartition { get; init; } = 32;

    /// <summary>A partition whose hour (or day) ended this long ago, and into which nothing has come for as long, is closed, and its small files become one.</summary>
    public TimeSpan QuietFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much memory a compaction may use; a DuckDB size.</summary>
    public string MemoryLimit { get; init; } = "512MB";
}

/// <summary>One bounded piece of work that was done.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Table">Of which table.</param>
/// <param name="Files">How many files it removed: from the lake (compaction), or from the disk.</param>
/// <param name="Bytes">Compaction: what it wrote.</param>
public sealed record MaintenanceWork(MaintenanceKind Kind, string Table, int Files, long Bytes = 0);

/// <summary>Kinds of <see cref="MaintenanceWork"/>.</summary>
public enum MaintenanceKind
{
    /// <summary>Small files of a partition were put together.</summary>
    Compaction,

    /// <summary>Data files that no snapshot needs any more were deleted, or a folder was searched for such.</summary>
    Vacuum,

    /// <summary>Commits, checkpoints and temporary files of a log were deleted.</summary>
    LogCleaning,
}
