using System.Globalization;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

public class EnduranceTests
{
    /// <summary>With WEIR_LONG set it is the million; without, a part that shows a leak as well.</summary>
    [Fact]
    public void A_million_small_queries_do_not_grow_memory()
    {
        const int bytesPerQuery = 64;
        const int noise = 1_000_000; // what the runtime and the allocator may keep between two looks
        var count = Environment.GetEnvironmentVariable("WEIR_LONG") is null ? 15_000 : 1_000_000;
        using var child = Child.Start("small-queries", count.ToString(CultureInfo.InvariantCulture));
        var growth = long.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        growth.ShouldBeLessThan((count / 3 * bytesPerQuery) + noise, $"bytes in each third of {count} queries");
    }

    [Fact]
    public void Many_threads_with_a_connection_each_lose_no_row()
    {
        using var connection = Memory.Open();
        connection.Execute("create table t(thread int, i int)");
        Parallel.For(0, 8, thread =>
        {
            using var own = connection.Duplicate();
            for (var i = 0; i < 50; i++)
            {
                own.Execute("insert into t values (?, ?)", thread, i);
                own.Scalar<long>("select count(*) from t where thread = ?", thread).ShouldBe(i + 1);
            }
        });
        connection.Scalar<long>("select count(distinct (thread, i)) from t").ShouldBe(400);
    }

    [Fact]
    public void Threads_that_share_one_connection_take_turns()
    {
        using var connection = Memory.Open();
        Parallel.For(0, 400, i => connection.Scalar<int>("select ? * 2", i).ShouldBe(i * 2));
    }

    [Fact]
    public void Connections_opened_and_closed_by_many_threads_share_one_file()
    {
        var folder = Directory.CreateTempSubdirectory("weir-duckdb-").FullName;
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var connection = new DuckDBConnection($"Data Source={folder}/shared.duckdb");
            connection.Open();
            connection.Scalar<int>("select 1").ShouldBe(1);
        });
        Directory.Delete(folder, recursive: true);
    }
}
