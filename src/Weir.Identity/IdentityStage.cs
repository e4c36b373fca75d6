using Weir.DuckDb;
using Weir.Identity.Stage;
using Weir.Lake;

namespace Weir.Identity;

/// <summary>What a run did.</summary>
/// <param name="IsWhole">Whether it read the whole lake: the first time, by other rules, or after rows had left it.</param>
/// <param name="Resolved">Ids that were resolved, those that hang together with what is new.</param>
/// <param name="Customers">Customers there are.</param>
/// <param name="StrongIds">Their strong ids.</param>
/// <param name="WeakIds">Browsers and devices that belong to one of them, or to several in turn.</param>
/// <param name="Merges">Merges that stand.</param>
/// <param name="Refused">Ids that are refused.</param>
public sealed record IdentityReport(bool IsWhole, long Resolved, long Customers, long StrongIds, long WeakIds, long Merges, long Refused);

/// <summary>
/// Makes <c>identity.customer_map</c> and <c>identity.customer_merges</c> in a warehouse out of the lake (<c>docs/formats/identity.md</c>). A run reads what landed since the one before, and publishes
/// everything in one transaction, with how far it has read: whoever reads meanwhile sees the state before, and so does the next run if this one dies.
/// </summary>
public sealed class IdentityStage(IdentityRules rules, IReadOnlyList<Split> splits, Func<string, string> hashEmail)
{
    /// <summary>Makes the tables, empty, in a warehouse that has none: then who looks at models finds the columns before the first run.</summary>
    public static void EnsureTables(DuckDBConnection connection)
    {
        if (!StateTables.Exist(connection)) StateTables.Create(connection);
    }

    /// <summary>Brings the tables to a snapshot of the lake.</summary>
    /// <param name="connection">To the warehouse, which has the views of that snapshot; outside of a transaction, and nobody else builds.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <exception cref="WeirException">WEIR7110, WEIR7111: the rules do not fit the lake; nothing was changed.</exception>
    public IdentityReport Run(DuckDBConnection connection, LakeStore lake, Snapshot snapshot)
    {
        if (rules.Evidence.FirstOrDefault(r => !snapshot.Tables.ContainsKey(r.Table)) is { } missing) throw IdentityErrors.NoTable(missing, snapshot.Tables.Keys);
        TextFunction.Ensure(connection, Extraction.HashFunction, hashEmail);
        using var transaction = connection.BeginTransaction();
        StateTables.Create(connection);
        var before = StateTables.Read(connection) is { } state && state.Rules == rules.ToText() ? state : null;
        var news = before is null ? null : News(lake, snapshot, before.Mark);
        if (news is null) StateTables.Clear(connection);
        var extraction = new Extraction(connection, rules);
        extraction.Begin();
        foreach (var rule in rules.Evidence)
            extraction.Read(rule, IsLatest(rule, snapshot), news?[rule].Added ?? $"SELECT * FROM lake.{Sql.Name(rule.View)}", news?[rule].Removed);
        new Keeping(connection).Run([.. rules.Evidence.Where(r => !IsLatest(r, snapshot)).Select(r => r.Table)]);
        TouchSplits(connection, before?.Splits ?? []);
        var (resolved, _) = new StrongStep(connection, rules).Run(splits, isWhole: news is null);
        new WeakStep(connection, rules).Run();
        StateTables.Write(connection, new RunState(LakeMark.Of(lake, snapshot), rules.ToText(), splits), MapChanges.Next(connection, isWhole: news is null));
        var report = Report(connection, news is null, resolved);
        StateTables.DropTemporary(connection);
        transaction.Commit();
        return report;
    }

    /// <summary>By rule what changed; null: for one of them it is not known.</summary>
    private Dictionary<EvidenceRule, LakeRows>? News(LakeStore lake, Snapshot snapshot, LakeMark mark)
    {
        var news = new Dictionary<EvidenceRule, LakeRows>();
        foreach (var rule in rules.Evidence)
        {
            if (LakeRows.Since(lake, snapshot, rule.View, mark) is not { } rows) return null;
            news[rule] = rows;
        }
        return news;
    }

    /// <summary>A row of an entity with a key is evidence for as long as it is the latest; all others for ever.</summary>
    private static bool IsLatest(EvidenceRule rule, Snapshot snapshot) => !rule.History && snapshot[rule.Table].Definition is { IsEntity: true, Key.Count: > 0 };

    private void TouchSplits(DuckDBConnection connection, IReadOnlyList<Split> before)
    {
        foreach (var split in before.Except(splits).Concat(splits.Except(before)))
            connection.Execute("INSERT INTO weir_touched SELECT id FROM identity.strong_ids WHERE id IN (?, ?)", split.Left, split.Right);
    }

    private static IdentityReport Report(DuckDBConnection connection, bool isWhole, long resolved)
    {
        long Count(string sql) => connection.Scalar<long>(sql);
        return new IdentityReport(isWhole, resolved, Count("SELECT count(DISTINCT customer_id) FROM identity.strong_ids"), Count("SELECT count(customer_id) FROM identity.strong_ids"),
            Count("SELECT count(DISTINCT (kind, id_value)) FROM identity.weak_ids WHERE customer_id IS NOT NULL"), Count("SELECT count(*) FROM identity.customer_merges"), Count("SELECT count(*) FROM identity.refused_ids"));
    }
}
