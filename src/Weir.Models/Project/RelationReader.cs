namespace Weir.Models.Project;

/// <summary>Reads seeds and sources.</summary>
internal sealed class RelationReader(LoadContext load)
{
    public Node ReadSeed(string root, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var fqn = load.Package.Fqn(file, name);
        var patch = load.Patches.Find("seeds", name);
        var config = new NodeConfig();
        load.Trees.Apply("seed", fqn, config);
        if (patch is not null)
            load.ApplyPatch(patch.Config, patch.File, ConfigKeys.Seeds, config);
        return new Node
        {
            UniqueId = $"seed.{load.Package.Name}.{name}",
            ResourceType = "seed",
            Name = name,
            Package = load.Package.Name,
            File = file,
            FileInPackage = load.Package.Inside(file),
            Root = load.Package.Inside(root),
            Fqn = fqn,
            Config = config,
            PatchFile = patch is null ? null : load.Package.Inside(patch.File),
            Description = load.RenderText(patch?.Description, patch?.File ?? file),
            Columns = patch is null ? [] : load.Columns(patch.Columns, patch.File),
        };
    }

    public Node ReadSource(SourcePatch patch)
    {
        var config = new NodeConfig();
        IReadOnlyList<string> fqn = [.. load.Package.Fqn(patch.File, patch.Source), patch.Table];
        load.Trees.Apply("source", fqn, config);
        load.ApplyPatch(patch.Config, patch.File, ConfigKeys.Sources, config);
        var source = load.RenderText(patch.SourceDescription, patch.File);
        return new Node
        {
            UniqueId = $"source.{load.Package.Name}.{patch.Source}.{patch.Table}",
            ResourceType = "source",
            Name = patch.Table,
            Package = load.Package.Name,
            File = patch.File,
            FileInPackage = load.Package.Inside(patch.File),
            Root = load.Package.Inside(load.Package.RootOf(patch.File)),
            Line = patch.Line,
            Fqn = fqn,
            Config = config,
            Materialized = "source",
            Database = patch.Database is null ? null : load.RenderText(patch.Database, patch.File),
            Schema = patch.Schema is null ? patch.Source : load.RenderText(patch.Schema, patch.File),
            Alias = patch.Identifier is null ? patch.Table : load.RenderText(patch.Identifier, patch.File),
            Loader = load.RenderText(patch.Loader, patch.File),
            SourceDescription = source,
            Description = load.RenderText(patch.Description, patch.File),
            Columns = load.Columns(patch.Columns, patch.File),
        };
    }
}
