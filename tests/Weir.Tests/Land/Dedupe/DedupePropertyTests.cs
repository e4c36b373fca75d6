using FsCheck;
using FsCheck.Fluent;
using Weir.Land.Dedupe;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Tests.Land.Dedupe;

/// <summary>Random histories of decisions, commits, failures and restarts against <see cref="DedupeModel"/>.</summary>
public class DedupePropertyTests
{
    private static readonly SourceRule[] Sources =
        [new("web", DedupeRule.IdAndClientHour), new("mobile", DedupeRule.IdAndClientHour), new("crm", DedupeRule.Id), new("lines", DedupeRule.None)];

    /// <summary>Few ids, few names, minutes around hours and days around 72 hours: collisions of every kind are common.</summary>
    private static readonly Gen<Candidate> Candidates =
        from source in Gen.Choose(0, 3)
        from id in Gen.Choose(0, 12)
        from name in Gen.Elements("page", "order")
        from timed in Gen.Choose(0, 2)
        from minute in Gen.Elements(-61, -60, -1, 0, 1, 59, 60, 61, 119, 24 * 60)
        from received in Gen.Choose(0, 400)
        select new Candidate(source, (UInt128)id << 64 | (uint)id, name, timed == 0 ? null : minute * 60_000_000L, received * 3_600_000_000L);

    private static readonly Gen<(Candidate[] Events, int Fate)[]> Histories =
        (from events in Candidates.ListOf() from fate in Gen.Choose(0, 9) select (events.ToArray(), fate)).ListOf().Select(h => h.ToArray());

    [Theory] // D1 D2 D3 D5 D6 D7
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(1 << 20)]
    public void Decisions_are_those_of_a_comparison_with_everything_that_landed_whatever_the_memory(int memoryBytes) =>
        Prop.ForAll(Histories.ToArbitrary(), history => AgreesWithModel(history, memoryBytes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static bool AgreesWithModel((Candidate[] Events, int Fate)[] history, int memoryBytes)
    {
        using var folder = new TemporaryFolder();
        var model = new DedupeModel();
        long version = -1;
        var index = DedupeIndex.CreateEmpty(LocalDisk.Instance, folder.Path, memoryBytes, Sources);
        try
        {
            foreach (var (events, fate) in history)
            {
                var before = model.Count;
                var claims = new Claims(index);
                foreach (var c in events)
                    if (claims.Decide(c) != model.Decide(c, Sources[c.Source].Rule)) return false;
                if (fate <= 2) model.Forget(before); // the commit failed: its claims are dropped
                else index.Accept(claims, new DedupeStamp("lake", ++version));
                if (fate < 8) continue;
                index.Save();
                index.Dispose();
                index = DedupeIndex.TryOpen(LocalDisk.Instance, folder.Path, memoryBytes, Sources, new DedupeStamp("lake", version))!;
                if (index.Stamp.LedgerVersion != version) return false;
            }
            return index.Count == model.Count - CountOfNone(model, history);
        }
        finally
        {
            index.Dispose();
        }
    }

    /// <summary>Rows of the source without dedupe are in the model's list, but hold no id in the index.</summary>
    private static int CountOfNone(DedupeModel model, (Candidate[] Events, int Fate)[] history) =>
        history.Where(h => h.Fate > 2).Sum(h => h.Events.Count(e => e.Source == 3));
}
