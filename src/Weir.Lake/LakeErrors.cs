namespace Weir.Lake;

/// <summary>The lake's error codes; each has a page in <c>docs/errors/</c>.</summary>
internal static class LakeErrors
{
    /// <summary>A log has a gap: commits are missing that no checkpoint covers.</summary>
    public const string LogGap = "WEIR6001";
    /// <summary>A commit or checkpoint file cannot be read.</summary>
    public const string LogUnreadable = "WEIR6002";
    /// <summary>A table demands more of a reader or writer than this version of Weir knows.</summary>
    public const string ProtocolTooNew = "WEIR6003";
    /// <summary>A range does not begin where the ledger's last one of its stream ended.</summary>
    public const string NotContinuous = "WEIR6004";
    /// <summary>The ledger names a table that is not there.</summary>
    public const string TableMissing = "WEIR6005";
    /// <summary>A table's declared columns cannot be laid over those it has.</summary>
    public const string SchemaConflict = "WEIR6006";
    /// <summary>An entity or its fields bear names that the lake needs itself.</summary>
    public const string ReservedName = "WEIR6007";
    /// <summary>A range was decided at a version from which on the log has been cleaned.</summary>
    public const string DecidedTooLongAgo = "WEIR6008";
    /// <summary>A data file that is to be committed is not there (any more).</summary>
    public const string FileMissing = "WEIR6009";
    /// <summary>Data files hold another number of rows than the log says.</summary>
    public const string RowsDiffer = "WEIR6010";
    /// <summary>A snapshot was read for longer than its files are kept.</summary>
    public const string SnapshotGone = "WEIR6011";
}
