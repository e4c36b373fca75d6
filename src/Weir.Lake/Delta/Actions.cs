using System.Text.Json.Serialization;

namespace Weir.Lake.Delta;

/// <summary>How far an application has come in this table; the last one of an application counts.</summary>
internal sealed record Txn(string AppId, long Version, long? LastUpdated = null);

/// <summary>The data files' format: always <c>parquet</c>.</summary>
internal sealed record FileFormat(string Provider, IReadOnlyDictionary<string, string?> Options);

/// <summary>What a table is: its columns, how it is partitioned, its settings.</summary>
internal sealed record Metadata(
    string Id, string? Name, FileFormat Format, string SchemaString, IReadOnlyList<string> PartitionColumns,
    IReadOnlyDictionary<string, string?> Configuration, long? CreatedTime);

/// <summary>What a reader and a writer of this table must understand.</summary>
internal sealed record Protocol(int MinReaderVersion, int MinWriterVersion);

/// <summary>Who made a commit and why; in the ledger also what belongs into the other tables.</summary>
internal sealed record CommitInfo(
    long Timestamp, string Operation, IReadOnlyDictionary<string, string?> OperationParameters, string? EngineInfo = null, WeirCommit? Weir = null);

/// <summary>Weir's own part of a <see cref="CommitInfo"/>.</summary>
/// <param name="CommitId">Random: by it a writer recognises its own commit.</param>
/// <param name="Ledger">In a table's commit: the version of the ledger commit that it copies.</param>
/// <param name="Tables">In a ledger commit: what to add to and remove from each other table.</param>
internal sealed record WeirCommit(string CommitId, long? Ledger = null, IReadOnlyDictionary<string, IReadOnlyList<DeltaAction>>? Tables = null);

/// <summary>One line of a commit: exactly one member is set.</summary>
internal sealed record DeltaAction
{
    public CommitInfo? CommitInfo { get; init; }
    public Protocol? Protocol { get; init; }
    [JsonPropertyName("metaData")]
    public Metadata? Metadata { get; init; }
    public Txn? Txn { get; init; }
    public AddFile? Add { get; init; }
    public RemoveFile? Remove { get; init; }
}
