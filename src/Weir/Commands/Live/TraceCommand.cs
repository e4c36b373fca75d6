using System.CommandLine;
using Weir.Land.Trace;
using Weir.Models;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands.Live;

/// <summary><c>weir trace EVENT_ID [--source NAME]</c>.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("EVENT_ID") { Description = "An event's id, as a client sent it or as lake.events has it" };
        var source = new Option<string?>("--source") { Description = "Only copies of this source", HelpName = "NAME" };
        return new Command("trace", "Show the whole way of every copy of an event; exit code 1 if there is none").With(id, source).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var request = new TraceRequest(result.GetValue(id)!, result.GetValue(source) is { } name ? workspace.Settings.Source(name).Name : null);
            var found = await People.WithProgress("Tracing", report => new Tracer(workspace.Lake, workspace.Settings.Sources, workspace.RulesToShow()).RunAsync(request, workspace.OpenStreams, report, cancellationToken));
            var format = result.GetValue(CommonOptions.Format);
            var lines = new TraceLines(found.Copies, ReadersOf(workspace.Settings.Folder));
            if (format == OutputFormat.Table) lines.Write(Console.Out, Terminal.HasColours);
            else lines.Rows().Write(Console.Out, format);
            foreach (var problem in found.Problems) People.Bad(problem);
            if (found.UnknownDuplicates > 0)
                People.Say($"  {found.UnknownDuplicates:N0} duplicates of {(request.Source is null ? "these sources" : request.Source)} are counted in the ledger, but their bytes left the journal after landing: which ids they had is not known any more");
            if (found.Copies.Count > 0) return ExitCodes.Ok;
            People.Warn($"No event with the id '{request.Id}'{(request.Source is null ? "" : $" of source {request.Source}")}: not in lake.events, not in quarantine, and not in what the journal and the loaded files keep");
            return ExitCodes.NotFound;
        });
    }

    /// <summary>By table of the lake: the models that read it, through others too.</summary>
    private static Dictionary<string, IReadOnlyList<string>> ReadersOf(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "dbt_project.yml"))) return [];
        try
        {
            var nodes = ModelProject.Load(folder).Nodes;
            return nodes.Where(n => n is { ResourceType: "source", Schema: "lake" }).GroupBy(n => n.Alias).ToDictionary(n => n.Key, n => (IReadOnlyList<string>)Downstream(nodes, n.Select(s => s.UniqueId)), StringComparer.Ordinal);
        }
        catch (WeirException e)
        {
            People.Warn($"Which models read it cannot be told: {e.Code} {e.Message}");
            return [];
        }
    }

    private static List<string> Downstream(IReadOnlyList<ModelNode> nodes, IEnumerable<string> from)
    {
        var reached = from.ToHashSet(StringComparer.Ordinal);
        var readers = new List<string>();
        for (var before = 0; before < reached.Count;)
        {
            before = reached.Count;
            foreach (var node in nodes.Where(n => n.ResourceType != "test" && !reached.Contains(n.UniqueId) && n.DependsOn.Any(reached.Contains)).ToList())
            {
                reached.Add(node.UniqueId);
                readers.Add(node.Name);
            }
        }
        return readers;
    }
}
