using Weir.Lake;
using Weir.Models;

namespace Weir.Roles;

/// <summary>What changed in the lake, for models that read only what is new.</summary>
internal sealed class LakeChanges(LakeStore lake, Snapshot snapshot) : ISourceChanges
{
    public SourceChange? Since(string schema, string table, long version) =>
        schema == "lake" && LakeRows.Since(lake, snapshot, table, version) is { } rows ? new SourceChange(rows.Added, rows.Removed) : null;
}
