using System.Data;
using Weir.DuckDb;
using Weir.DuckDb.Native;

namespace Weir.Tests.DuckDb;

public sealed class ConnectionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("weir-duckdb-").FullName;

    private string File => Path.Combine(folder, "warehouse.duckdb");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Connections_to_one_file_share_the_database_whatever_the_path_is_written_like()
    {
        using var first = Open(File);
        using var second = Open(Path.Combine(folder, "..", Path.GetFileName(folder), "warehouse.duckdb"));
        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "link.duckdb"), File);
        using var third = Open(Path.Combine(folder, "link.duckdb"));
        first.Execute("create table t as select 1 i");
        second.Scalar<int>("select i from t").ShouldBe(1);
        third.Scalar<int>("select i from t").ShouldBe(1);
        first.Close();
        second.Scalar<int>("select i from t").ShouldBe(1);
    }

    [Fact]
    public void The_last_connection_closes_the_file_whatever_was_left_open_on_it()
    {
        var connection = Open(File);
        connection.Execute("create table t as select range i from range(10000)");
        var command = connection.CreateCommand();
        command.CommandText = "select i from t";
        command.UseStreamingMode = true;
        var reader = command.ExecuteReader();
        reader.Read();
        var appender = connection.CreateAppender("t");
        appender.AppendValue(1L).EndRow();
        connection.BeginTransaction();
        connection.Dispose();

        Should.Throw<InvalidOperationException>(() => reader.GetInt64(0));
        Should.Throw<ObjectDisposedException>(() => { while (reader.Read()) { } });
        reader.Dispose();
        Should.Throw<ObjectDisposedException>(() => appender.EndRow());
        command.Dispose();
        appender.Dispose();
        Should.Throw<InvalidOperationException>(() => connection.Execute("select 1"));
        System.IO.File.Exists(File + ".wal").ShouldBeFalse("closing checkpoints");
        using var other = Child.Start("hold", File);
        other.StandardOutput.ReadLine().ShouldBe("open");
        other.StandardInput.WriteLine();
        other.WaitForExit();
    }

    [Fact]
    public void A_file_that_another_process_has_open_is_WEIR8001_and_names_it()
    {
        using var owner = Child.Start("hold", File);
        owner.StandardOutput.ReadLine().ShouldBe("open");
        var error = Should.Throw<WeirException>(() => Open(File));
        owner.StandardInput.WriteLine();
        owner.WaitForExit();

        error.Code.ShouldBe("WEIR8001");
        error.Message.ShouldContain(File);
        error.Message.ShouldContain($"process {owner.Id} ");
        Open(File).Dispose();
    }

    [Fact]
    public void A_library_that_cannot_be_loaded_is_WEIR8002_and_says_both_ways_to_name_it()
    {
        var file = Path.Combine(folder, NativeLibraryFile.FileName);
        System.IO.File.WriteAllText(file, "not a library");
        foreach (var (named, where) in new[] { (null, folder), (file, "/nowhere"), (Path.Combine(folder, "missing.so"), folder) })
        {
            var error = Should.Throw<WeirException>(() => NativeLibraryFile.Load(named, where));
            error.Code.ShouldBe("WEIR8002");
            error.Message.ShouldContain(named ?? file);
            error.Message.ShouldContain("DUCKDB_LIBRARY");
            error.Message.ShouldContain("npm ci");
        }
    }

    [Fact]
    public void Other_settings_for_an_open_file_are_WEIR8003()
    {
        using var first = Open(File, ";threads=2");
        using var same = Open(File, ";threads=2");
        using var silent = Open(File);
        silent.Scalar<int>("select current_setting('threads')").ShouldBe(2);
        var error = Should.Throw<WeirException>(() => Open(File, ";threads=3"));
        error.Code.ShouldBe("WEIR8003");
        error.Message.ShouldContain("threads=2");
        error.Message.ShouldContain("threads=3");
    }

    [Fact]
    public void Settings_reach_DuckDB_and_unknown_ones_are_refused_in_its_words()
    {
        using var connection = Memory.Open(";threads=1;memory_limit=1GB");
        connection.Scalar<string>("select current_setting('memory_limit')").ShouldBe("953.6 MiB");
        Should.Throw<DuckDBException>(() => Memory.Open(";no_such_thing=1")).Message.ShouldContain("no_such_thing");
        Should.Throw<ArgumentException>(() => new DuckDBConnection("threads=1")).Message.ShouldContain("names no database");
        Open(File).Dispose();
        using var reader = Open(File, ";access_mode=READ_ONLY");
        Should.Throw<DuckDBException>(() => reader.Execute("create table t(i int)")).ErrorType.ShouldBe(DuckDBErrorType.InvalidInput);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_DuckDBs_words()
    {
        System.IO.File.WriteAllText(File, new string('x', 20_000));
        var error = Should.Throw<DuckDBException>(() => Open(File));
        error.ErrorType.ShouldBe(DuckDBErrorType.IO);
        error.Message.ShouldContain("not a valid DuckDB database file");
    }

    [Fact]
    public void Memory_is_private_and_a_duplicate_shares_it_beyond_the_first()
    {
        using var other = Memory.Open();
        var first = Memory.Open();
        first.Execute("create table t(i int)");
        using var duplicate = first.Duplicate();
        first.Dispose();
        duplicate.Execute("insert into t values (1)").ShouldBe(1);
        Should.Throw<DuckDBException>(() => other.Execute("from t")).ErrorType.ShouldBe(DuckDBErrorType.Catalog);
    }

    [Fact]
    public void A_transaction_commits_rolls_back_and_rolls_back_when_disposed()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(i int)");
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("insert into t values (1)");
            Should.Throw<InvalidOperationException>(() => connection.BeginTransaction()).Message.ShouldContain("does not nest");
            transaction.Commit();
        }
        using (connection.BeginTransaction())
            connection.Execute("insert into t values (2)");
        using (var transaction = connection.BeginTransaction())
        {
            connection.Execute("insert into t values (3)");
            transaction.Rollback();
        }
        connection.Scalar<long>("select sum(i) from t").ShouldBe(1);
        Should.Throw<NotSupportedException>(() => connection.BeginTransaction(IsolationLevel.Serializable)).Message.ShouldContain("snapshot isolation only");
    }

    [Fact]
    public void The_schema_is_given_as_tables()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(i int, s varchar)");
        connection.GetSchema("columns").Select("table_name = 't'").Select(r => r["column_name"]).ShouldBe(["i", "s"]);
        connection.ServerVersion.ShouldStartWith("v1.");
    }

    private static DuckDBConnection Open(string path, string settings = "")
    {
        var connection = new DuckDBConnection($"Data Source={path}{settings}");
        connection.Open();
        return connection;
    }
}
