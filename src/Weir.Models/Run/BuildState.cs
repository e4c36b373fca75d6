using System.Collections.Concurrent;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>What the nodes of a build know of each other. Several threads read and write it.</summary>
/// <param name="published">Tables and views before the build, by <c>schema.name</c>.</param>
/// <param name="log">What the warehouse remembers of changes.</param>
/// <param name="vars">With which variables models were built.</param>
internal sealed class BuildState(BuildRequest request, IReadOnlyDictionary<string, string> published, ChangeLog log, RecordedVars vars)
{
    private readonly ConcurrentDictionary<string, Outcome> outcomes = [];

    public IReadOnlyDictionary<string, Outcome> Outcomes => outcomes;

    public ChangeLog Log => log;

    public RecordedVars Vars => vars;

    public bool IsTogether => request.Publish == PublishMode.Together;

    public void Note(Outcome outcome) => outcomes[outcome.Node.UniqueId] = outcome;

    /// <summary>Whether readers of this build find the node's new version aside.</summary>
    public bool IsAside(string id) => IsTogether && outcomes.TryGetValue(id, out var outcome) && outcome.Made is not null;

    /// <summary><c>table</c> or <c>view</c>; null when the node is not published.</summary>
    public string? Published(Node node) => published.GetValueOrDefault($"{node.Schema}.{node.Alias}");

    /// <summary>Only onto a published table: a first run, a full refresh and the run that turns a view into a table build it whole.</summary>
    public bool IsIncremental(Node node) =>
        (node.Materialized == "incremental" && Published(node) == "table" && !(node.Config.Flag("full_refresh", new Problems()) ?? request.FullRefresh))
        || (node.ResourceType == "snapshot" && Published(node) == "table");
}
