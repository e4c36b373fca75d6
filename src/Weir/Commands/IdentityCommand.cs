using System.CommandLine;
using Weir.Identity;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir identity run|explain|split|suspects</c>.</summary>
internal static class IdentityCommand
{
    private static readonly string[] Columns = ["step", "id", "through", "since", "until", "table", "source", "stream", "position", "customer"];

    public static Command Create() => new("identity", "Who is one customer, and why") { Run(), Explain(), Split(), Suspects() };

    private static Command Run() => new Command("run", "Bring customer_map and customer_merges to what has landed").DoesInOwner(
        (result, _) => Task.FromResult(result), (result, _) => ["identity", "run", .. Format(result)],
        async (result, _, warehouse, workspace, cancellationToken) =>
        {
            var report = await People.WithProgress("Resolving", progress => warehouse.OverLakeAsync(workspace, (connection, snapshot) => Task.Run(() =>
            {
                progress(0.1, "who belongs together");
                return Identities.Of(workspace).Run(connection, workspace.Lake, snapshot);
            }, cancellationToken), cancellationToken));
            new Rows(["customers", "strong_ids", "weak_ids", "merges", "refused", "resolved"], [[report.Customers, report.StrongIds, report.WeakIds, report.Merges, report.Refused, report.Resolved]])
                .Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
            if (report.IsWhole) People.Say("  The whole lake was read: the first time, by other rules, or after rows had left it");
            return ExitCodes.Ok;
        });

    private static Command Explain()
    {
        var id = Id("ID", "KIND=VALUE, such as user=4711, or a customer's id, a retired one too");
        return new Command("explain", "Show why ids are one customer, with the evidence").With(id).DoesInOwner(
            (result, _) => Task.FromResult(result.GetValue(id)!), (result, text) => ["identity", "explain", .. Format(result), "--", text],
            async (result, text, warehouse, workspace, cancellationToken) =>
            {
                var identities = Identities.Of(workspace);
                var ids = await warehouse.LookAsync(workspace, connection => new CustomerExplanation(connection, identities.Rules, identities.Hash).Explain(text), cancellationToken);
                new Rows(Columns, [.. ids.Select(i => (IReadOnlyList<object?>)[i.Step, i.Id, i.Through, i.From, i.To, i.Evidence, i.Source, i.Stream, i.Position, i.Customer])]).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
                return ExitCodes.Ok;
            });
    }

    private static Command Split()
    {
        var (left, right) = (Id("A", "An id of the one person: KIND=VALUE, or its key"), Id("B", "An id of the other"));
        var reason = new Option<string?>("--reason") { Description = "Why, for the file", HelpName = "TEXT" };
        var plan = new Option<bool>("--plan") { Description = "Show what it would do, and write nothing" };
        return new Command("split", "Say that two ids are not one customer: a line in identity/splits.csv").With(left, right, reason, plan).DoesInOwner(
            (result, _) => Task.FromResult((Left: result.GetValue(left)!, Right: result.GetValue(right)!)),
            (result, ids) => ["identity", "split", .. result.GetValue(plan) ? ["--plan"] : Array.Empty<string>(), .. result.GetValue(reason) is { } why ? ["--reason", why] : Array.Empty<string>(), .. Format(result), "--", ids.Left, ids.Right],
            async (result, ids, warehouse, workspace, cancellationToken) =>
            {
                var identities = Identities.Of(workspace);
                var planned = await warehouse.LookAsync(workspace, connection => SplitPlan.Of(connection, identities.Rules, identities.Splits, identities.Hash, ids.Left, ids.Right), cancellationToken);
                new Rows(["before", "after", "ids"], [.. planned.After.Select(a => (IReadOnlyList<object?>)[planned.Before, a.Customer, string.Join(' ', a.Ids)])]).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
                if (result.GetValue(plan))
                {
                    People.Say("  Nothing was written.");
                    return ExitCodes.Ok;
                }
                Splits.Append(identities.Project, planned.Split, workspace.Time.GetUtcNow(), result.GetValue(reason));
                People.Good($"Written to {Splits.PathOf(identities.Project)}. The next build does it, or: weir identity run. Without the line they are one again");
                return ExitCodes.Ok;
            });
    }

    private static Command Suspects()
    {
        var limit = new Option<int>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 50, HelpName = "N" };
        return new Command("suspects", "Show customers and ids that look wrong, with reasons").With(limit).DoesInOwner(
            (result, _) => Task.FromResult(result.GetValue(limit)), (result, most) => ["identity", "suspects", "--limit", $"{most}", .. Format(result)],
            async (result, most, warehouse, workspace, cancellationToken) =>
            {
                var rules = Identities.Of(workspace).Rules;
                var suspects = await warehouse.LookAsync(workspace, connection => CustomerSuspects.Find(connection, rules, Math.Max(most, 0)), cancellationToken);
                new Rows(["what", "reason", "count", "ids"], [.. suspects.Select(s => (IReadOnlyList<object?>)[s.What, s.Reason, s.Count, s.Ids])]).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
                People.Say(suspects.Count == 0 ? "  Nobody is suspect" : "  Why ids are one customer: weir identity explain ID; to take them apart: weir identity split A B");
                return ExitCodes.Ok;
            });
    }

    private static Argument<string> Id(string name, string description) => new(name) { Description = description };

    private static string[] Format(ParseResult result) => ["--format", result.GetValue(CommonOptions.Format).ToString()];
}
