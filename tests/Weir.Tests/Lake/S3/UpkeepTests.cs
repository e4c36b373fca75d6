using Amazon.S3;
using Amazon.S3.Model;
using Weir.DuckDb;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Retaining;
using Weir.Storage;
using Weir.Tests.Storage;

namespace Weir.Tests.Lake.S3;

/// <summary>Compaction, vacuum, checkpoints and cleaning of logs on S3, and where data files lie there.</summary>
public class UpkeepTests
{
    private static readonly MaintenanceOptions AtOnce = new(Path.GetTempPath()) { VacuumAfter = TimeSpan.Zero, QuietFor = TimeSpan.Zero, FilesPerPartition = 2 };

    [Fact] // L7 L10 L11 L12
    public async Task Readers_beside_compaction_and_cleaning_see_every_row_once_and_little_is_left()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""), checkpointEvery: 4, through: d => new AgedDisk(d, TimeSpan.FromHours(2)));
        using var reader = new S3TestLake(lake.Options);
        var (landed, done) = (0, false);
        var reading = Task.Run(() =>
        {
            var reads = 0;
            for (var last = false; !last; reads++)
            {
                last = Volatile.Read(ref done);
                var least = Volatile.Read(ref landed);
                try
                {
                    var (rows, ids) = (reader.Lake.Count(), reader.Lake.Db.Scalar<long>("SELECT count(DISTINCT event_id) FROM lake.events"));
                    ids.ShouldBe(rows);
                    rows.ShouldBeGreaterThanOrEqualTo(least);
                }
                catch (DuckDBException e) when (e.Message.Contains("any more", StringComparison.Ordinal))
                {
                    // vacuumed at once, as no real lake does: read anew
                }
            }
            return reads;
        });
        var maintenance = lake.Store.Maintain(AtOnce);
        for (var n = 0; n < 10; n++)
        {
            lake.Lake.Land("aaaa", n * 3, n * 3 + 3).ShouldBeOfType<CommitOutcome.Committed>();
            Volatile.Write(ref landed, n * 3 + 3);
            if (n % 3 == 2) while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
        }
        for (var again = 0; again < 2; again++)
        {
            maintenance = lake.Store.Maintain(AtOnce); // which looks at everything once more: first at what was removed, then at what to compact
            while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
        }
        Volatile.Write(ref done, true);
        (await reading).ShouldBeGreaterThan(0);

        lake.Store.ReadSnapshot()["events"].Files.Count.ShouldBeLessThanOrEqualTo(4);
        var keys = await server.KeysAsync(lake.Options);
        keys.Where(k => k.StartsWith("events/date", StringComparison.Ordinal)).Order().ShouldBe(lake.Store.ReadSnapshot()["events"].Files.Keys.Select(p => "events/" + p).Order());
        keys.ShouldNotContain("ledger/_delta_log/00000000000000000000.json");
        keys.ShouldContain(k => k.EndsWith(".checkpoint.parquet", StringComparison.Ordinal));
        keys.ShouldNotContain(k => k.Contains("tmp", StringComparison.Ordinal) || k.Contains("probe", StringComparison.Ordinal));
        using var fresh = new S3TestLake(lake.Options);
        fresh.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(30_030);
        fresh.Store.Positions["aaaa"].ShouldBe(30);
    }

    [Fact] // L11
    public async Task What_a_writer_that_died_left_is_removed_and_what_is_new_or_named_is_not()
    {
        var server = await S3Server.GetAsync();
        var at = server.NewLake("");
        using var young = new S3TestLake(at);
        young.Lake.Land("aaaa", 0, 5);
        var orphan = young.Lake.WriteEvents("aaaa", 5, 6)[0]; // written, never committed
        var unfinished = await server.Client.InitiateMultipartUploadAsync(S3Server.Bucket, $"{at.Prefix}/events/date=2026-03-01/hour=0/half.parquet");
        await Upkeep(young);
        (await server.KeysAsync(at)).ShouldContain("events/" + orphan.Path);

        using var old = new S3TestLake(at, through: d => new AgedDisk(d, TimeSpan.FromHours(2)));
        await Upkeep(old);
        (await server.KeysAsync(at)).ShouldNotContain("events/" + orphan.Path);
        ((await server.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = S3Server.Bucket, Prefix = at.Prefix })).MultipartUploads ?? []).ShouldNotContain(u => u.UploadId == unfinished.UploadId);
        using var fresh = new S3TestLake(at);
        fresh.Lake.Count().ShouldBe(5);

        static async Task Upkeep(S3TestLake lake)
        {
            var maintenance = lake.Store.Maintain(AtOnce);
            while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
        }
    }

    [Fact]
    public async Task A_large_file_goes_up_in_parts_and_comes_back_whole()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""), with: o => o with { MultipartFrom = 6 << 20, StorageClass = "STANDARD_IA" });
        var path = Path.Combine(lake.Lake.Folder, "large", "one.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = new byte[(40 << 20) + 123];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(path, bytes);
        lake.Disk.SyncFile(path);
        var there = await server.Client.GetObjectMetadataAsync(S3Server.Bucket, $"{lake.Options.Prefix}/large/one.parquet");
        there.ETag.ShouldEndWith("-3\""); // parts of 16 MiB
        there.StorageClass.ShouldBe(S3StorageClass.StandardInfrequentAccess);
        using var other = new S3TestLake(lake.Options);
        var fetched = Path.Combine(other.Lake.Folder, "large", "one.parquet");
        using (other.Disk.Hold([new StoredFile(fetched, bytes.Length)])) (await File.ReadAllBytesAsync(fetched)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Old_events_go_into_the_class_of_their_age_and_are_read_as_before()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""));
        using var data = new TemporaryFolder();
        foreach (var (from, to) in new[] { (0, 30), (30, 90), (90, 150) }) lake.Lake.Land("aaaa", from, to); // of the hours 0, 1 and 2
        var rules = new RetentionRules(new Retention { Events = TimeSpan.FromDays(9_999), Tiers = [new Tier("STANDARD_IA", TimeSpan.FromDays(1))] });
        var now = new FixedTime(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero)); // a day after the hour 1 ended
        var scope = new RetentionScope(data.Path, lake.Store, new KeyStore(LocalDisk.Instance, Path.Combine(data.Path, "keys")), LocalDisk.Instance, [], rules, now);
        using (var plan = Retainer.ForPlan(scope)) plan.Plan([]).ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Kind.ShouldBe(RetentionKind.Tiers), w => w.Files.ShouldBe(2), w => w.Events.ShouldBe(90));
        using (var retainer = Retainer.Open(scope, TimeSpan.FromSeconds(10)))
        {
            var done = 0L;
            await foreach (var work in retainer.RunAsync([], CancellationToken.None)) done += work.Files;
            done.ShouldBe(2);
            retainer.Plan([]).ShouldBeEmpty();
        }
        foreach (var file in lake.Store.ReadSnapshot()["events"].Files.Values)
            (await server.Client.GetObjectMetadataAsync(S3Server.Bucket, $"{lake.Options.Prefix}/events/{file.Path}")).StorageClass.ShouldBe(file.PartitionValues["hour"] == "2" ? null : S3StorageClass.StandardInfrequentAccess);
        using var fresh = new S3TestLake(lake.Options);
        fresh.Lake.Count().ShouldBe(150);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public async Task A_file_moves_into_another_storage_class_where_it_is()
    {
        var server = await S3Server.GetAsync();
        using var lake = new S3TestLake(server.NewLake(""));
        lake.Lake.Land("aaaa", 0, 5);
        var file = lake.Store.ReadSnapshot()["events"].Files.Values.Single();
        lake.Store.SetStorageClass("events", file, "STANDARD_IA").ShouldBeTrue();
        (await server.Client.GetObjectMetadataAsync(S3Server.Bucket, $"{lake.Options.Prefix}/events/{file.Path}")).StorageClass.ShouldBe(S3StorageClass.StandardInfrequentAccess);
        using var fresh = new S3TestLake(lake.Options);
        fresh.Lake.Count().ShouldBe(5);
        lake.Store.SetStorageClass("events", file with { Path = "date=2026-03-01/gone.parquet" }, "STANDARD_IA").ShouldBeFalse();
    }
}
