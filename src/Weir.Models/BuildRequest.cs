namespace Weir.Models;

/// <summary>What to build.</summary>
/// <param name="Select">Selectors (<c>orders</c>, <c>+orders</c>, <c>orders+</c>, <c>tag:daily</c>, <c>path:models/staging</c>); their union; empty means everything.</param>
/// <param name="FullRefresh">Builds incremental models whole, as on their first run.</param>
public sealed record BuildRequest(IReadOnlyList<string> Select, bool FullRefresh = false)
{
    /// <summary>Everything.</summary>
    public static BuildRequest Everything { get; } = new([]);

    /// <summary>How the project is read by whoever reads it for this build.</summary>
    public ProjectOptions Project { get; init; } = new();

    /// <summary>Selectors of what to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>A selector of selectors.yml to use instead of <see cref="Select"/> and <see cref="Exclude"/>; null when none.</summary>
    public string? Selector { get; init; }

    /// <summary>Which tests come with chosen nodes; null means as selectors.yml says, else <see cref="IndirectSelection.Eager"/>.</summary>
    public IndirectSelection? Indirect { get; init; }

    /// <summary>Only nodes of these types (<c>model</c>, <c>test</c>, …); empty means all.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>No nodes of these types.</summary>
    public IReadOnlyList<string> ExcludeResourceTypes { get; init; } = [];

    /// <summary>Which part of a build is wanted.</summary>
    public BuildCommand Command { get; init; } = BuildCommand.Build;

    /// <summary>When what is made becomes visible.</summary>
    public PublishMode Publish { get; init; } = PublishMode.Together;

    /// <summary>Every ref and source reads no rows: for trying out whether everything fits together.</summary>
    public bool Empty { get; init; }

    /// <summary>Stops at the first failure: what is left is skipped.</summary>
    public bool FailFast { get; init; }

    /// <summary>A warning fails the build.</summary>
    public bool WarnError { get; init; }

    /// <summary>Tests keep the rows they find, each in a table of the schema <c>&lt;schema&gt;_dbt_test__audit</c>.</summary>
    public bool StoreFailures { get; init; }

    /// <summary>On an incremental run, tests read whole tables and not only the changed units.</summary>
    public bool FullAudit { get; init; }

    /// <summary>Tells of each model what of it was made anew, and why; it costs counts.</summary>
    public bool Explain { get; init; }

    /// <summary>Microbatch models: from when, inclusive, in UTC; given together with <see cref="EventTimeEnd"/> or not at all.</summary>
    public DateTime? EventTimeStart { get; init; }

    /// <summary>Microbatch models: until when, exclusive, in UTC.</summary>
    public DateTime? EventTimeEnd { get; init; }

    /// <summary>A folder with the <c>manifest.json</c> (and <c>run_results.json</c>, <c>sources.json</c>) of an earlier run, for <c>state:</c>, <c>result:</c> and <see cref="Defer"/>; null when none.</summary>
    public string? State { get; init; }

    /// <summary>A <c>ref()</c> to what is neither chosen nor in the warehouse reads the relation that the manifest in <see cref="State"/> names.</summary>
    public bool Defer { get; init; }

    /// <summary>Where <c>manifest.json</c>, <c>run_results.json</c> and the compiled SQL are written; null when nowhere.</summary>
    public string? TargetFolder { get; init; }

    /// <summary>The version of the lake that the views in schema <c>lake</c> show; stored by the transaction that publishes. Null without a lake.</summary>
    public long? LakeVersion { get; init; }

    /// <summary>What changed in the lake since an earlier version, up to <see cref="LakeVersion"/>; null when that cannot be told.</summary>
    public ISourceChanges? SourceChanges { get; init; }

    /// <summary>Exactly these ids, whatever the selectors say; null when the selectors choose.</summary>
    internal IReadOnlySet<string>? Only { get; init; }

    /// <summary>Microbatch models that make only these batches, by unique id: the start and end of each, in UTC.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<(DateTime Start, DateTime End)>> OnlyBatches { get; init; } = new Dictionary<string, IReadOnlyList<(DateTime, DateTime)>>();

    /// <summary>Incremental tables with fewer rows than this are copied aside; of larger ones only the delta is made.</summary>
    internal long CopyBelow { get; init; } = Materialize.DeltaMaker.Small;
}
