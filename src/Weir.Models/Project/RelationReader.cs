namespace Weir.Models.Project;

/// <summary>Reads seeds and sources.</summary>
internal sealed class RelationReader(LoadContext load, ConfigTree seeds)
{
    public Node ReadSeed(string root, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var fqn = ProjectFiles.Fqn(load.Project.Name, root, file, name);
        var patch = load.Patches.Find("seeds", name);
        var config = new NodeConfig();
        seeds.Apply(fqn, config);
        if (patch is not null)
            load.ApplyPatch(patch.Config, patch.File, ConfigKeys.Seeds, config);
        return new Node
        {
            UniqueId = $"seed.{load.Project.Name}.{name}",
            ResourceType = "seed",
            Name = name,
            File = file,
            Fqn = fqn,
            Config = config,
            Description = load.RenderText(patch?.Description, patch?.File ?? file),
            Columns = patch is null ? [] : load.Columns(patch.Columns, patch.File),
        };
    }

    public Node ReadSource(SourcePatch patch)
    {
        var config = new NodeConfig();
        load.ApplyPatch(patch.Config, patch.File, ConfigKeys.Sources, config);
        foreach (var key in new[] { "freshness", "loaded_at_field", "loaded_at_query" })
        {
            if (config.Find(key) is { } setting)
                load.Problems.Warn("WEIR7018", setting.File, setting.Line, $"'{key}' is read, but has no effect yet.");
        }

        var description = load.RenderText(patch.Description, patch.File);
        return new Node
        {
            UniqueId = $"source.{load.Project.Name}.{patch.Source}.{patch.Table}",
            ResourceType = "source",
            Name = patch.Table,
            File = patch.File,
            Line = patch.Line,
            Fqn = [.. ProjectFiles.Fqn(load.Project.Name, load.Project.RootOf(patch.File), patch.File, patch.Source), patch.Table],
            Config = config,
            Materialized = "source",
            Database = patch.Database is null ? null : load.RenderText(patch.Database, patch.File),
            Schema = patch.Schema is null ? patch.Source : load.RenderText(patch.Schema, patch.File),
            Alias = patch.Identifier is null ? patch.Table : load.RenderText(patch.Identifier, patch.File),
            Description = description.Length > 0 ? description : load.RenderText(patch.SourceDescription, patch.File),
            Columns = load.Columns(patch.Columns, patch.File),
        };
    }
}
