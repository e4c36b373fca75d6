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
    public static IReadOnlyList<AttentionItem> Of(
        AccountView? account, IReadOnlyList<RelationStatus> builds, IEnumerable<WeirException> errors, TimeChoice choice, TimeSpan staleAfter)
    {
        var items = new List<AttentionItem>();
        if (account is { AddsUp: false })
            items.Add(new("equal-not", true, "The account does not add up",
                account.Problems.Count > 0 ? account.Problems[0] : $"The difference is {Numbers.Exact(account.Difference)}.", null, "weir account --by source,hour"));
        items.AddRange(errors.Select(e => new AttentionItem("file-alert", true, FirstLine(e.Message), "", e.Code)));
        items.AddRange(builds.Where(b => b.HasFailed).Select(b => Failed(b, choice)));
        // What failed is told above; that it is old as well goes without saying.
        var stale = builds.Where(b => !b.HasFailed && b.Age(choice.Now) > staleAfter).OrderBy(b => b.BuiltAt).ToList();
        if (stale.Count > 0)
            items.Add(new("clock", false, stale.Count == 1 ? $"{stale[0].Relation} is stale" : $"{Numbers.Exact(stale.Count)} tables are stale",
                $"{stale[0].Relation} was built {Times.Age(stale[0].Age(choice.Now)!.Value)} ago; the limit is {Times.Age(staleAfter)}.", null, "weir build"));
        if (account is { Reasons.Count: > 0 }) items.Add(Quarantine(account, choice));
        return items;
    }

    private static AttentionItem Failed(RelationStatus build, TimeChoice choice) => new(
        "shield-x", true, $"{build.Relation} failed",
        FirstLine(build.Reason) + (build.BuiltAt is { } at ? $" Last tried {Times.When(choice.ToLocal(at), choice.Today)}." : ""), null,
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
