using Weir.Lake;
using Weir.Sources;
using Weir.Tests.Land;
using Weir.Storage;

namespace Weir.Tests.Lake;

public class ErrorTests
{
    [Fact]
    public void Missing_commit_in_the_middle_of_a_log_is_an_error() // WEIR6001
    {
        using var lake = new TestLake();
        for (var n = 0; n < 4; n++) lake.Land("s1", n, n + 1);
        File.Delete(lake.Log("events", 2));
        Fails("WEIR6001", lake, l => l.Store.ReadSnapshot()).ShouldContain("no commit 2, but later ones up to 4");
    }

    [Fact]
    public void Damaged_commit_is_an_error_that_names_the_file() // WEIR6002
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 1);
        File.WriteAllText(lake.Log("events", 1), "{\"add\":");
        Fails("WEIR6002", lake, l => l.Store.ReadSnapshot()).ShouldContain(lake.Log("events", 1));
    }

    [Fact]
    public void Damaged_checkpoint_is_an_error_that_names_the_file() // WEIR6002
    {
        using var lake = new TestLake(checkpointEvery: 1);
        lake.Land("s1", 0, 1);
        var checkpoint = Path.ChangeExtension(lake.Log("events", 1), ".checkpoint.parquet");
        File.WriteAllText(checkpoint, "PAR1 not any more");
        Fails("WEIR6002", lake, l => l.Store.ReadSnapshot()).ShouldContain(checkpoint);
    }

    [Fact]
    public void Table_with_a_newer_protocol_is_refused() // WEIR6003
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 1);
        File.WriteAllText(lake.Log("events", 2), """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"]}}""");
        Fails("WEIR6003", lake, l => l.Store.ReadSnapshot()).ShouldContain("reader version 3");
    }

    [Fact]
    public void Table_that_vanished_before_its_copy_is_an_error() // WEIR6005
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 1);
        var disk = new RecordingDisk(LocalDisk.Instance) { BeforeLink = path => { if (path.Contains("events")) throw new CrashingDisk.CrashException(); } };
        using (var dying = new TestLake(lake.Folder, disk)) Should.Throw<IOException>(() => dying.Land("s1", 1, 2));
        Directory.Delete(Path.Combine(lake.Folder, "events"), recursive: true);
        Fails("WEIR6005", lake, l => l.Store.CopyPending()).ShouldContain("'events'");
        Fails("WEIR6005", lake, l => l.Store.ReadSnapshot()).ShouldContain("'events'");
    }

    [Theory]
    [InlineData("n BIGINT", "date")]
    [InlineData("n INTEGER", "source")]
    public void Table_declared_otherwise_than_it_is_is_refused(string column, string partition) // WEIR6006
    {
        using var lake = new TestLake();
        LakeColumn[] columns = [new("date", "DATE"), new("source", "VARCHAR")];
        lake.Store.Ensure(new TableDefinition("t", [new("n", "INTEGER"), .. columns], ["date"]));
        Should.Throw<WeirException>(() => lake.Store.Ensure(new TableDefinition("t", [new("n", column.Split(' ')[1]), .. columns], [partition]))).Code.ShouldBe("WEIR6006");
    }

    [Theory]
    [InlineData("events", "id")]
    [InlineData("orders_history", "id")]
    [InlineData("orders", "Date")]
    [InlineData("orders", "_position")]
    public void Entity_with_a_name_of_the_lakes_own_is_refused(string entity, string field) => // WEIR6007
        Should.Throw<WeirException>(() => LakeTables.Entity(new SourceDefinition { Name = "s", Entity = entity, Fields = [new(field, field, new FieldType(FieldKind.Varchar))] }))
            .Code.ShouldBe("WEIR6007");

    private static string Fails(string code, TestLake lake, Action<TestLake> action)
    {
        using var fresh = new TestLake(lake.Folder);
        var error = Should.Throw<WeirException>(() => action(fresh));
        error.Code.ShouldBe(code);
        return error.Message;
    }
}
