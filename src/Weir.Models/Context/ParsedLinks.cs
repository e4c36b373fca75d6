namespace Weir.Models.Context;

/// <summary>Notes what a template refers to while it is only read.</summary>
internal sealed class ParsedLinks(ProjectNames names, ModelTarget target) : ILinks
{
    public List<string> Refs { get; } = [];

    public List<(string Source, string Table)> Sources { get; } = [];

    public object Ref(string? package, string name)
    {
        names.CheckRef(package, name);
        Refs.Add(name);
        return new RelationValue(target.Database, target.Schema, name);
    }

    public object Source(string source, string table)
    {
        names.CheckSource(source, table);
        Sources.Add((source, table));
        return new RelationValue(target.Database, source, table);
    }
}
