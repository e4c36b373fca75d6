namespace Weir.Models;

/// <summary>One thing of a project: a model, a seed, a source's table or a test.</summary>
public sealed record ModelNode
{
    /// <summary>As dbt names it: <c>model.shop.orders</c>, <c>seed.…</c>, <c>source.shop.lake.events</c>, <c>test.shop.unique_orders_id.1a2b3c4d5e</c>.</summary>
    public required string UniqueId { get; init; }

    /// <summary><c>model</c>, <c>seed</c>, <c>source</c> or <c>test</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The name that <c>ref()</c> takes; for a source its table's name.</summary>
    public required string Name { get; init; }

    /// <summary>The file that defines it, relative to the project folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Project, folders, name: what selectors match.</summary>
    public required IReadOnlyList<string> Fqn { get; init; }

    /// <summary>What schema.yml says about it; empty when it says nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The columns schema.yml describes, in its order.</summary>
    public IReadOnlyList<ModelColumn> Columns { get; init; } = [];

    /// <summary>The unique ids of what it reads directly.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary><c>table</c>, <c>view</c>, <c>incremental</c>, <c>ephemeral</c>, <c>seed</c>, <c>test</c> or <c>source</c>.</summary>
    public required string Materialized { get; init; }

    /// <summary>The schema it is published in; empty for a test.</summary>
    public string Schema { get; init; } = "";

    /// <summary>The table's or view's name in that schema (dbt's alias or a source's identifier); empty for a test.</summary>
    public string Alias { get; init; } = "";

    /// <summary>Its tags, inherited ones first.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The text of a model or of a singular test, Jinja and all; empty for other nodes.</summary>
    public string RawCode { get; init; } = "";

    /// <summary>The table or view in the warehouse, <c>schema.name</c>; null for tests and ephemeral models.</summary>
    public string? Relation => ResourceType == "test" || Materialized == "ephemeral" ? null : $"{Schema}.{Alias}";
}
