using Weir.Accounting;
using Weir.Studio.Home.Account;
using Weir.Studio.Text;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Attention;

/// <summary>Something a person should look at, and the command that shows more.</summary>
/// <param name="Icon">The icon's name.</param>
/// <param name="IsBad">Whether something is wrong, rather than to be looked at.</param>
/// <param name="Title">What, in a few words.</param>
/// <param name="Detail">Which, and why.</param>
/// <param name="Code">A stable code, shown as one; null: none.</param>
/// <param name="Command">What to run next; null: nothing.</param>
public sealed record AttentionItem(string Icon, bool IsBad, string Title, string Detail, string? Code = null, string? Command = null)
{
    private const int MostFailures = 3;

    internal static IReadOnlyList<AttentionItem> Of(
        AccountView? account, IReadOnlyList<StreamLag> lag, IReadOnlyList<RelationStatus> builds, IReadOnlyList<RelationStatus> stale, IEnumerable<WeirException> errors, TimeChoice choice, TimeSpan staleAfter)
    {
        var items = new List<AttentionItem>();
        if (account is { AddsUp: false })
            items.Add(new("equal-not", true, "The account does not add up",
                account.Problems.Count > 0 ? account.Problems[0] : $"The difference is {Numbers.Exact(account.Difference)}.", null, "weir account --by source,hour"));
        foreach (var late in lag.Where(l => l.IsLate).GroupBy(l => l.Source))
            items.Add(new("clock", true, "Over one minute behind", $"{Numbers.Exact(late.Sum(l => l.Events))} events of {late.Key} have not landed yet, the oldest of them for {Times.Age(late.Max(l => l.Behind)!.Value)}.", null, "weir lag --by stream"));
        items.AddRange(errors.Select(e => new AttentionItem("file-alert", true, "A part of this page cannot be read", FirstLine(e.Message), e.Code)));
        // What was skipped because of a failure upstream is told by that failure, if it is here.
        var failed = builds.Where(b => b.HasFailed).ToList();
        if (failed.Any(b => !b.IsSkipped)) failed.RemoveAll(b => b.IsSkipped);
        items.AddRange(failed.Take(MostFailures).Select(b => Failed(b, choice)));
        if (failed.Count > MostFailures) items.Add(new("shield-x", true, $"{failed.Count - MostFailures} more tables failed", "", null, "weir build"));
        if (stale.Count > 0)
            items.Add(new("clock", false, stale.Count == 1 ? $"{stale[0].Name} is stale" : $"{Numbers.Exact(stale.Count)} tables are stale",
                $"{stale[0].Name} was built {Times.Age(stale[0].Age(choice.Now)!.Value)} ago; the limit is {Times.Age(staleAfter)}.", null, "weir build"));
        if (account is { Reasons.Count: > 0 }) items.Add(Quarantine(account, choice));
        return items;
    }

    private static AttentionItem Failed(RelationStatus build, TimeChoice choice) => new(
        "shield-x", true, $"{build.Name} failed",
        FirstLine(build.Reason) + (build.TriedAt is { } at ? $" Last tried {Times.When(choice.ToLocal(at), choice.Today)}." : ""), null,
        $"weir build --select {build.Relation.Split('.')[^1]}");

    private static AttentionItem Quarantine(AccountView account, TimeChoice choice)
    {
        var total = account.Reasons.Sum(r => r.Count);
        var top = account.Reasons[0];
        var rest = account.Reasons.Count - 1;
        var detail = $"{top.Words}, {Numbers.Share(top.Count, total)}" + (rest > 0 ? $"; {rest} more {(rest == 1 ? "reason" : "reasons")}" : "")
            + $"; {string.Join(", ", account.Reasons.SelectMany(r => r.Sources).Distinct().Take(4))}";
        var days = choice.Days == 1 ? $"date = '{choice.FirstDay:yyyy-MM-dd}'" : $"date >= '{choice.FirstDay:yyyy-MM-dd}'";
        return new("alert-triangle", false, $"{Numbers.Exact(total)} in quarantine", detail, top.Reason,
            $"weir query \"select source, reason, detail, count(*) from lake.quarantine where {days} group by all order by 4 desc\"");
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('.', ':') + ".";
}
