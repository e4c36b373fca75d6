using System.Diagnostics;
using Weir.DuckDb;

namespace Weir.Tests.DuckDb;

/// <summary>Many small uses of everything that holds native memory, and how much the process grew by them. What grows once (pools, compiled code)
/// shows in one of three rounds, a leak in each: the smallest growth counts.</summary>
internal static class SmallQueries
{
    private const int Rounds = 3, WarmUp = 4_000;

    public static long GrowthInBytes(int count)
    {
        using var connection = Memory.Open(";threads=1");
        connection.Execute("create table t(i integer, s varchar)");
        using var prepared = connection.CreateCommand();
        prepared.CommandText = "select ?, ?, ?";
        prepared.Parameters.Add(0);
        prepared.Parameters.Add("a text that is longer than twelve bytes");
        prepared.Parameters.Add(1.5m);
        Use(connection, prepared, WarmUp);
        return Enumerable.Range(0, Rounds).Min(_ =>
        {
            var before = ResidentBytes();
            Use(connection, prepared, count / Rounds);
            return ResidentBytes() - before;
        });
    }

    private static void Use(DuckDBConnection connection, DuckDBCommand prepared, int count)
    {
        for (var i = 0; i < count; i++)
        {
            prepared.Parameters[0].Value = i;
            using (var reader = prepared.ExecuteReader())
                reader.Read();
            if (i % 10 == 0)
                Others(connection);
            if (i % 100 == 0)
                using (var duplicate = connection.Duplicate())
                    duplicate.Query("select 1").Read(); // reader and command forgotten
        }
    }

    private static void Others(DuckDBConnection connection)
    {
        using (var reader = connection.Query("select [1, 2], {'a': 'b'}, map {'k': 1}, 'x'::enum('x', 'y'), ?", new List<int> { 1 }))
            reader.Read();
        try
        {
            connection.Execute("select nothing from nowhere");
        }
        catch (DuckDBException)
        {
            // what it leaves behind is what is measured
        }
        using var transaction = connection.BeginTransaction();
        using var appender = connection.CreateAppender("t");
        appender.AppendValue(1).AppendValue("text").EndRow().AppendAny(2);
    }

    private static long ResidentBytes()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
