using System.CommandLine;
using Weir.Accounting;
using Weir.Land;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir lag [--by source|stream]</c>: how far landing is behind; exit code 1 if it is over a minute, or cannot be told.</summary>
internal static class LagCommand
{
    public static Command Create()
    {
        var by = new Option<string>("--by") { Description = "source, or stream: each partition, file and journal", DefaultValueFactory = _ => "source", HelpName = "PART" };
        by.AcceptOnlyFromAmong("source", "stream");
        return new Command("lag", "Show how far landing is behind, in events and seconds").With(by).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var lags = await new LagReader(workspace.Lake, workspace.Time).ReadAsync(workspace.OpenStreams, cancellationToken);
            Print(lags, result.GetValue(by) == "stream", result.GetValue(CommonOptions.Format), Console.Out);
            foreach (var problem in lags.Where(l => l.Problem is not null).Select(l => $"{l.Source}: {l.Problem}").Distinct()) People.Bad(problem);
            if (Late(lags) is { } late) People.Warn(late);
            else if (lags.All(l => l.Problem is null)) People.Good("Landing is less than a minute behind");
            return lags.Any(l => l.IsLate || l.Problem is not null) ? ExitCodes.Failed : ExitCodes.Ok;
        });
    }

    /// <summary>Says who is over a minute behind; null if nobody is.</summary>
    public static string? Late(IReadOnlyList<StreamLag> lags)
    {
        var late = lags.Where(l => l.IsLate).ToList();
        return late.Count == 0 ? null : "Landing is over one minute behind: "
            + string.Join("; ", late.GroupBy(l => l.Source).Select(g => $"{g.Sum(l => l.Events):N0} events of {g.Key} wait, the oldest for {g.Max(l => l.Behind)!.Value.TotalSeconds:N0} s"));
    }

    private static void Print(IReadOnlyList<StreamLag> lags, bool byStream, OutputFormat format, TextWriter output)
    {
        var groups = byStream ? lags.Select(l => (Source: l.Source, Name: (string?)l.Name, Lags: (IReadOnlyList<StreamLag>)[l])) : lags.GroupBy(l => l.Source).Select(g => (Source: g.Key, Name: (string?)null, Lags: (IReadOnlyList<StreamLag>)[.. g]));
        string[] columns = byStream ? ["source", "stream", "events", "seconds"] : ["source", "events", "seconds"];
        new Rows(columns, groups.Select(g =>
        {
            var seconds = g.Lags.Any(l => l.Behind is null) ? (object?)null : Math.Round(g.Lags.Max(l => l.Behind!.Value.TotalSeconds), 1);
            return (IReadOnlyList<object?>)(byStream ? [g.Source, g.Name, g.Lags.Sum(l => l.Events), seconds] : [g.Source, g.Lags.Sum(l => l.Events), seconds]);
        }).ToList()).Write(output, format);
    }
}
