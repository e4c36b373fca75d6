using Weir.Lake;

namespace Weir.Land.Retaining;

/// <summary>
/// Finds the keys whose last use is over. A key of a source and day seals segments and copies received on that day, and what of them is in quarantine: it stays while any of these is there
/// that is to be read.
/// </summary>
internal sealed class KeyEnds(RetentionScope scope)
{
    /// <summary>However short things are kept: the clock of whoever seals may go otherwise, and a large file is copied for hours.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    /// <param name="readLake">Gives the lake. Asked after journal and copies: what was in them before is then in it.</param>
    /// <param name="leaving">Files of journal and copies that do not count, by path: they are about to go.</param>
    public IReadOnlyList<(string Source, DateOnly Day)> Find(Func<Snapshot> readLake, IReadOnlySet<string> leaving)
    {
        var now = scope.Time.GetUtcNow();
        var old = scope.Keys.List().Where(k => now >= EndOf(k.Day) + Max(Least, scope.Rules.Of(k.Source).Raw)).ToList();
        var needed = old.Select(k => k.Source).Distinct().ToDictionary(s => s, s => scope.Received.Select(r => r.FindKeyDays(s, leaving)).ToList(), StringComparer.Ordinal);
        var quarantined = QuarantineDays(readLake());
        return
        [
            .. old.Where(k => needed[k.Source].TrueForAll(days => days?.Contains(k.Day) == false)
                && (!quarantined.Contains(k) || now >= EndOf(k.Day) + scope.Rules.Of(k.Source).Quarantine)),
        ];
    }

    /// <summary>The sources and days of receipt of which something lies in quarantine: its partitions.</summary>
    private static HashSet<(string Source, DateOnly Day)> QuarantineDays(Snapshot snapshot) => !snapshot.Tables.TryGetValue(LakeTables.Quarantine.Name, out var table) ? [] :
    [
        .. table.Files.Values.Select(f => (f.PartitionValues.GetValueOrDefault("source") ?? "", DateOnly.FromDateTime(LakeFiles.EndOf(f).UtcDateTime.AddDays(-1)))),
    ];

    private static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
