using Weir.Models.Audit;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>What a template names with <c>ref()</c>; without a package it is looked for in the reader's own, then the root's, then any.</summary>
internal sealed record Reference(string? Package, string Name);

/// <summary>A node while the project is read and run: the public <see cref="ModelNode"/> and what the runner needs besides.</summary>
internal sealed class Node
{
    /// <summary>Names made aside end like this until they are published; no model may be called so.</summary>
    public const string AsideSuffix = "__weir_build";

    public required string UniqueId { get; init; }

    public required string ResourceType { get; init; }

    public required string Name { get; init; }

    /// <summary>The project or package it belongs to.</summary>
    public required string Package { get; init; }

    /// <summary>The file that defines it, relative to the project folder.</summary>
    public required string File { get; init; }

    /// <summary>The same, relative to its package's folder.</summary>
    public required string FileInPackage { get; init; }

    /// <summary>The configured path it lies under, relative to its package's folder: <c>models</c>.</summary>
    public string Root { get; init; } = "";

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

    /// <summary>Of a snapshot block, its text as dbt keeps it: with the white space around it.</summary>
    public string? Block { get; init; }

    public Template? Template { get; init; }

    public GenericTest? GenericTest { get; init; }

    public UnitTest? UnitTest { get; init; }

    public Exposure? Exposure { get; init; }

    /// <summary>The schema file that describes it, relative to its package's folder; null when none does.</summary>
    public string? PatchFile { get; init; }

    /// <summary>A mistake that dbt, too, shows only when the node runs: a name that is not defined.</summary>
    public JinjaException? Deferred { get; set; }

    /// <summary>Mistakes that count only if the node is not switched off.</summary>
    public IReadOnlyList<ModelProblem> Mistakes { get; init; } = [];

    /// <summary>What its template names, in that order; resolved into <see cref="DependsOn"/> once every node is known.</summary>
    public List<Reference> Refs { get; } = [];

    public List<(string Source, string Table)> SourceRefs { get; } = [];

    public List<string> DependsOn { get; } = [];

    /// <summary>The macros its template calls, directly or through others; known after the project is read.</summary>
    public List<string> Macros { get; } = [];

    /// <summary>For a generic test, the node it was written under: the one a failure holds back.</summary>
    public string? AttachedTo { get; init; }

    public string Description { get; set; } = "";

    public IReadOnlyList<ModelColumn> Columns { get; set; } = [];

    /// <summary>A test's tags from the column it stands under.</summary>
    public IReadOnlyList<string> ColumnTags { get; init; } = [];

    public IReadOnlyList<string> Tags => ColumnTags.Count == 0 ? Config.Tags : [.. ColumnTags.Concat(Config.Tags).Distinct()];

    /// <summary>Constraints of its contract that are on the whole table.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>What a source's schema.yml says beside its table.</summary>
    public string Loader { get; init; } = "";

    public string SourceDescription { get; init; } = "";

    public string? Group => Config.Text("group");

    /// <summary><c>public</c>, <c>protected</c> or <c>private</c>.</summary>
    public string Access => Config.Text("access") ?? "protected";

    public bool IsTest => ResourceType == "test";

    public bool IsUnitTest => ResourceType == "unit_test";

    public bool IsSource => ResourceType == "source";

    /// <summary>Whether <c>ref()</c> can name it.</summary>
    public bool IsReferable => ResourceType is "model" or "seed" or "snapshot";

    public bool IsEphemeral => Materialized == "ephemeral";

    public bool IsView => Materialized == "view";

    /// <summary>Whether a build makes a table or view of it.</summary>
    public bool HasRelation => IsReferable && !IsEphemeral;

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
        Schema = HasRelation || IsSource || IsEphemeral ? Schema : "",
        Alias = HasRelation || IsSource || IsEphemeral ? Alias : "",
        Tags = Tags,
        RawCode = GenericTest is null ? RawCode : "",
    };
}
