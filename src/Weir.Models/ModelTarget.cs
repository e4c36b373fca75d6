namespace Weir.Models;

/// <summary>Where a build goes: the <c>target</c> of templates.</summary>
/// <param name="Name">The output's name in profiles.yml; in a Weir project the environment.</param>
/// <param name="Database">The warehouse's name in SQL: its file's name without extension.</param>
/// <param name="Schema">The schema of models that name none.</param>
public sealed record ModelTarget(string Name, string Database = ModelTarget.UnknownDatabase, string Schema = "main")
{
    /// <summary>The database while a project is only read; a build uses that of its connection.</summary>
    public const string UnknownDatabase = "warehouse";

    /// <summary>The profile of profiles.yml that it comes from; <c>weir</c> when from none.</summary>
    public string ProfileName { get; init; } = "weir";

    /// <summary>The DuckDB file, in full; null when it is Weir's own warehouse.</summary>
    public string? Path { get; init; }

    /// <summary>How many nodes may be built at once.</summary>
    public int Threads { get; init; } = 1;

    internal Dictionary<string, object?> ToDictionary() => new()
    {
        ["name"] = Name,
        ["target_name"] = Name,
        ["profile_name"] = ProfileName,
        ["type"] = "duckdb",
        ["path"] = Path,
        ["database"] = Database,
        ["dbname"] = Database,
        ["schema"] = Schema,
        ["threads"] = Threads,
    };
}
