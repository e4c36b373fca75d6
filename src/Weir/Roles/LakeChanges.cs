using Weir.Identity;
using Weir.Lake;
using Weir.Models;

namespace Weir.Roles;

/// <summary>What changed in the lake, and in the customer map that was made of it, for models that read only what is new.</summary>
internal sealed class LakeChanges(LakeStore lake, Snapshot snapshot, MapChanges? map) : ISourceChanges
{
    public string Mark { get; } = LakeMark.Of(lake, snapshot).ToText();

    public SourceChange? Since(string schema, string table, string mark) =>
        schema == "lake" && LakeMark.Parse(mark) is { } since && LakeRows.Since(lake, snapshot, table, since) is { } rows ? new SourceChange(rows.Added, rows.Removed) : null;

    public long? VersionOf(string schema, string table) => (schema, table) == ("identity", "customer_map") ? map?.Version : null;

    public SourceChange? SinceVersion(string schema, string table, long version) => map?.Since(version) is { } rows ? new SourceChange(rows.Added, rows.Removed) : null;
}
