using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake;

public class LogTests
{
    [Fact] // L6
    public void Newer_state_is_read_from_newer_commits_alone()
    {
        using var writer = new TestLake();
        for (var n = 0; n < 8; n++) writer.Land("s1", n, n + 1);
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var reader = new TestLake(writer.Folder, disk);
        reader.Store.ReadSnapshot();
        writer.Land("s1", 8, 9);

        disk.Forget();
        reader.Store.ReadSnapshot().Positions["s1"].ShouldBe(9);
        disk.Done.Where(d => d.StartsWith("read ", StringComparison.Ordinal)).Order()
            .ShouldBe([$"read {writer.Log("events", 9)}", $"read {writer.Log("ledger", 9)}"]);
        reader.Store.ReadSnapshot()["events"].Files.Count.ShouldBe(9);
    }

    [Fact] // L7
    public void Checkpoint_replaces_the_commits_before_it()
    {
        using var lake = new TestLake(checkpointEvery: 3);
        for (var n = 0; n < 5; n++) lake.Land("s1", n, n + 1);
        var before = lake.Store.ReadSnapshot();
        RemoveCommitsUpTo(lake, 3);

        using var fresh = new TestLake(lake.Folder);
        var after = fresh.Store.ReadSnapshot();
        after.LedgerVersion.ShouldBe(5);
        after.Positions.ShouldBe([new("s1", 5L)]);
        foreach (var table in (string[])["events", "ledger"])
            after[table].Files.Values.OrderBy(f => f.Path).Select(Text).ShouldBe(before[table].Files.Values.OrderBy(f => f.Path).Select(Text));
        after["events"].Definition.Columns.Select(c => (c.Name, c.SqlType)).ShouldBe(LakeTables.Events.Columns.Select(c => (c.Name, c.SqlType)));
        fresh.Count().ShouldBe(5);
        fresh.Land("s1", 5, 6).ShouldBe(new CommitOutcome.Committed(6));
        fresh.Count().ShouldBe(6);
    }

    [Fact] // L7
    public void Lake_of_which_only_checkpoints_are_left_is_read_and_written()
    {
        using var lake = new TestLake(checkpointEvery: 3);
        for (var n = 0; n < 3; n++) lake.Land("s1", n, n + 1);
        RemoveCommitsUpTo(lake, 3);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(3);
        fresh.Land("s1", 3, 4).ShouldBe(new CommitOutcome.Committed(4));
        fresh.Count().ShouldBe(4);
    }

    [Fact] // L7
    public void Reader_that_slept_while_the_log_was_cleaned_goes_on_from_the_checkpoint()
    {
        using var lake = new TestLake(checkpointEvery: 3);
        lake.Land("s1", 0, 1);
        using var sleeper = new TestLake(lake.Folder);
        sleeper.Count().ShouldBe(1);
        for (var n = 1; n < 4; n++) lake.Land("s1", n, n + 1);
        RemoveCommitsUpTo(lake, 3);
        sleeper.Count().ShouldBe(4);
    }

    [Fact] // L7
    public void Checkpoint_is_found_without_the_file_that_names_the_last()
    {
        using var lake = new TestLake(checkpointEvery: 2);
        for (var n = 0; n < 3; n++) lake.Land("s1", n, n + 1);
        RemoveCommitsUpTo(lake, 2);
        foreach (var hint in Directory.GetFiles(lake.Folder, "_last_checkpoint", SearchOption.AllDirectories)) File.Delete(hint);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(3);
    }

    [Theory] // L7
    [InlineData("")]
    [InlineData("{\"vers")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"3\"}")]
    [InlineData("{\"version\":1.5}")]
    public void Checkpoint_is_found_though_the_file_that_names_the_last_is_damaged(string damaged)
    {
        using var lake = new TestLake(checkpointEvery: 3);
        lake.Land("s1", 0, 1);
        using var sleeper = new TestLake(lake.Folder);
        sleeper.Count().ShouldBe(1);
        for (var n = 1; n < 4; n++) lake.Land("s1", n, n + 1);
        RemoveCommitsUpTo(lake, 3);
        foreach (var hint in Directory.GetFiles(lake.Folder, "_last_checkpoint", SearchOption.AllDirectories)) File.WriteAllText(hint, damaged);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(4);
        sleeper.Count().ShouldBe(4);
    }

    [Fact] // L8
    public void Removed_files_are_gone_from_the_state_and_stay_named_in_checkpoints_for_a_day()
    {
        var hour = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMillisecond;
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var lake = new TestLake();
        lake.Land("s1", 0, 1);
        using var engine = new Weir.Lake.Delta.Engine();
        var table = new Weir.Lake.Delta.DeltaTable(Path.Combine(lake.Folder, "events"), LocalLakeDisk.Of(LocalDisk.Instance), new(engine, LocalLakeDisk.Of(LocalDisk.Instance), TimeProvider.System));
        var path = table.Refresh().Files.Keys.Single();
        table.TryCommit(2, "c", [new() { Remove = new RemoveFile(path, now - 23 * hour) }, new() { Remove = new RemoveFile("old.parquet", now - 25 * hour) }]).ShouldBeTrue();
        table.WriteCheckpoint();
        RemoveCommitsUpTo(lake, 2, "events");

        var fresh = new Weir.Lake.Delta.DeltaTable(table.Folder, LocalLakeDisk.Of(LocalDisk.Instance), new(engine, LocalLakeDisk.Of(LocalDisk.Instance), TimeProvider.System)).Refresh();
        fresh.Files.ShouldBeEmpty();
        fresh.Removed.Values.ShouldBe([new RemoveFile(path, now - 23 * hour)]);
    }

    internal static void RemoveCommitsUpTo(TestLake lake, long version, params string[] tables)
    {
        foreach (var table in tables.Length > 0 ? tables : ["events", "ledger"])
            for (var v = 0L; v <= version; v++) File.Delete(lake.Log(table, v));
    }

    private static string Text(AddFile f) =>
        $"{f.Path} {string.Join(",", f.PartitionValues.OrderBy(p => p.Key))} {f.Size} {f.ModificationTime} {f.DataChange} {f.Stats} {string.Join(",", f.Tags!)}";
}
