using Weir.Lake;
using Weir.Models;

namespace Weir.Roles;

/// <summary>What changed in the lake, for models that read only what is new.</summary>
internal sealed class LakeChanges(LakeStore lake, Snapshot snapshot) : ISourceChanges
{
    public string Mark { get; } = LakeMark.Of(lake, snapshot).ToText();

    public SourceChange? Since(string schema, string table, string mark) =>
        schema == "lake" && LakeMark.Parse(mark) is { } since && LakeRows.Since(lake, snapshot, table, since) is { } rows ? new SourceChange(rows.Added, rows.Removed) : null;
}
