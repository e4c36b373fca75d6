using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Weir.Land.Dedupe;

namespace Weir.Tests.Land.Dedupe;

public class IdTableTests
{
    /// <summary>Few hashes, so that ids stand in each other's way.</summary>
    private static readonly Gen<(DedupeKey Key, ulong Hash)[]> Ids =
        (from source in Gen.Choose(0, 1) from bucket in Gen.Choose(-1, 1) from id in Gen.Choose(0, 40) from crowd in Gen.Choose(0, 3)
         select (new DedupeKey(source, bucket, (UInt128)id << 64 | (uint)id), (ulong)(id % 5 + 1021) + ((ulong)crowd << 32))).ListOf().Select(l => l.DistinctBy(i => i.Item1).ToArray());

    [Fact]
    public void Finds_what_was_added_and_nothing_else_however_many_have_one_hash() =>
        Prop.ForAll(Ids.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (ids, share) =>
        {
            var (table, added) = (new IdTable(), ids.Length * share / 100);
            for (var i = 0; i < added; i++) table.TryAdd(ids[i].Key, ids[i].Hash, new Mark((ulong)i, -i)).ShouldBeTrue();
            for (var i = 0; i < ids.Length; i++)
            {
                table.TryFind(ids[i].Key, ids[i].Hash, out var mark).ShouldBe(i < added);
                if (i >= added) continue;
                mark.ShouldBe(new Mark((ulong)i, -i));
                table.TryAdd(ids[i].Key, ids[i].Hash, new Mark(99, 99)).ShouldBeFalse();
            }
            return table.Count == added && table.Entries.Count() == added;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grows_and_gives_everything_away_in_order_of_keys()
    {
        var (table, expected) = (new IdTable(), new SortedDictionary<DedupeKey, Mark>());
        var random = new Random(11);
        for (var i = 0; i < 50_000; i++)
        {
            var key = new DedupeKey(random.Next(3), random.Next(-5, 5), new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
            expected.Add(key, new Mark((ulong)i, i));
            table.TryAdd(key, key.Hash(), new Mark((ulong)i, i));
        }
        DedupeEntry[] given = [];
        table.Drain(all => given = [.. all]);
        given.Select(e => (e.Key, e.Mark)).ShouldBe(expected.Select(e => (e.Key, e.Value)));
        table.Count.ShouldBe(0);
        table.TryFind(given[0].Key, given[0].Key.Hash(), out _).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_given_away_stays()
    {
        var table = new IdTable();
        DedupeKey Key(int i) => new(0, i % 7, new UInt128((ulong)i, 3));
        for (var i = 0; i < 5000; i++) table.TryAdd(Key(i), Key(i).Hash(), new Mark((ulong)i, 0));
        Should.Throw<IOException>(() => table.Drain(_ => throw new IOException("the disk is full")));
        table.Count.ShouldBe(5000);
        for (var i = 0; i < 5000; i++)
        {
            table.TryFind(Key(i), Key(i).Hash(), out var mark).ShouldBeTrue();
            mark.Print.ShouldBe((ulong)i);
            table.TryAdd(Key(i), Key(i).Hash(), default).ShouldBeFalse();
        }
    }
}
