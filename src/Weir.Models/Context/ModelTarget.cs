namespace Weir.Models.Context;

/// <summary>Where a build goes: the <c>target</c> of templates.</summary>
internal sealed record ModelTarget(string Name, string Database)
{
    /// <summary>The database while a project is only read; a build uses that of its connection.</summary>
    public const string UnknownDatabase = "warehouse";

    public static string Schema => "main";

    public Dictionary<string, object?> ToDictionary() => new()
    {
        ["name"] = Name,
        ["target_name"] = Name,
        ["profile_name"] = "weir",
        ["type"] = "duckdb",
        ["database"] = Database,
        ["dbname"] = Database,
        ["schema"] = Schema,
        ["threads"] = 1, // nodes are built one after another
    };
}
