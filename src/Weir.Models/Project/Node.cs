using Weir.Models.Audit;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>A node while the project is read and run: the public <see cref="ModelNode"/> and what the runner needs besides.</summary>
internal sealed class Node
{
    /// <summary>Names made aside end like this until they are published; no model may be called so.</summary>
    public const string AsideSuffix = "__weir_build";

    public required string UniqueId { get; init; }

    public required string ResourceType { get; init; }

    public required string Name { get; init; }

    /// <summary>The file that defines it, relative to the project folder.</summary>
    public required string File { get; init; }

    /// <summary>The line in <see cref="File"/>; 0 for a whole file.</summary>
    public int Line { get; init; }

    public required IReadOnlyList<string> Fqn { get; init; }

    public NodeConfig Config { get; init; } = new();

    public string Materialized { get; set; } = "";

    public string Schema { get; set; } = "";

    public string Alias { get; set; } = "";

    /// <summary>Only a source may lie in another database; null means the warehouse.</summary>
    public string? Database { get; init; }

    public string RawCode { get; init; } = "";

    public Template? Template { get; init; }

    public GenericTest? GenericTest { get; init; }

    /// <summary>A mistake that dbt, too, shows only when the node runs: a name that is not defined.</summary>
    public JinjaException? Deferred { get; set; }

    public List<string> DependsOn { get; } = [];

    /// <summary>For a generic test, the node it was written under: the one a failure holds back.</summary>
    public string? AttachedTo { get; init; }

    public string Description { get; set; } = "";

    public IReadOnlyList<ModelColumn> Columns { get; set; } = [];

    /// <summary>Constraints of its contract that are on the whole table.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    public bool IsTest => ResourceType == "test";

    public bool IsSource => ResourceType == "source";

    public bool IsEphemeral => Materialized == "ephemeral";

    public bool IsView => Materialized == "view";

    /// <summary>Whether a build makes a table or view of it.</summary>
    public bool HasRelation => ResourceType is "model" or "seed" or "snapshot" && !IsEphemeral;

    public string AsideAlias => Alias + AsideSuffix;

    public ModelNode ToPublic() => new()
    {
        UniqueId = UniqueId,
        ResourceType = ResourceType,
        Name = Name,
        Path = File,
        Fqn = Fqn,
        Description = Description,
        Columns = Columns,
        DependsOn = DependsOn,
        Materialized = Materialized,
        Schema = IsTest ? "" : Schema,
        Alias = IsTest ? "" : Alias,
        Tags = Config.Tags,
        RawCode = RawCode,
    };
}
