namespace Weir.Lake;

/// <summary>A data file that belongs to a table from a commit on.</summary>
/// <param name="Path">Its path below the table's folder, with <c>/</c>, url-encoded.</param>
/// <param name="PartitionValues">The value of each partition column, as text.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModificationTime">When it was written, milliseconds since 1970, UTC.</param>
/// <param name="DataChange">False if its rows were in the table already (compaction).</param>
/// <param name="Stats">JSON text: <c>numRecords</c>, <c>minValues</c>, <c>maxValues</c>, <c>nullCount</c>.</param>
/// <param name="Tags">Weir's own: <c>weir.columns</c>, how many of the table's data columns the file holds.</param>
public sealed record AddFile(
    string Path, IReadOnlyDictionary<string, string?> PartitionValues, long Size, long ModificationTime, bool DataChange = true,
    string? Stats = null, IReadOnlyDictionary<string, string?>? Tags = null)
{
    /// <summary>Its removal.</summary>
    /// <param name="at">When, milliseconds since 1970, UTC.</param>
    /// <param name="dataChange">False if its rows are still in the table, in another file.</param>
    public RemoveFile Removed(long at, bool dataChange) => new(Path, at, dataChange, true, PartitionValues, Size);
}

/// <summary>A data file that no longer belongs to a table.</summary>
/// <param name="Path">Its path, as in the <see cref="AddFile"/>.</param>
/// <param name="DeletionTimestamp">When, milliseconds since 1970, UTC.</param>
/// <param name="DataChange">False if its rows are still in the table, in another file.</param>
/// <param name="ExtendedFileMetadata">True: partition values and size are given.</param>
/// <param name="PartitionValues">The value of each partition column.</param>
/// <param name="Size">Bytes.</param>
public sealed record RemoveFile(
    string Path, long DeletionTimestamp, bool DataChange = true, bool ExtendedFileMetadata = false,
    IReadOnlyDictionary<string, string?>? PartitionValues = null, long? Size = null);
