using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Notes what a template of <paramref name="package"/> refers to while it is only read.</summary>
internal sealed class ParsedLinks(ProjectNames names, string package, ModelTarget target) : ILinks
{
    public List<Reference> Refs { get; } = [];

    public List<(string Source, string Table)> Sources { get; } = [];

    public object Ref(string? owner, string name)
    {
        names.CheckRef(owner, name);
        Refs.Add(new Reference(owner, name));
        return new RelationValue(target.Database, target.Schema, name);
    }

    public object Source(string source, string table)
    {
        names.CheckSource(package, source, table);
        Sources.Add((source, table));
        return new RelationValue(target.Database, source, table);
    }
}
