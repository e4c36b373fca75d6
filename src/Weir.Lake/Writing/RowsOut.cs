using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Weir.DuckDb;

namespace Weir.Lake.Writing;

/// <summary>DuckDB's COPY of rows that a program holds, one partition's to one file: without the buffers and the regrouping of its PARTITION_BY.</summary>
internal static class RowsOut
{
    /// <summary>Rows of 2 KB come to 40 MB a group, of which each connection fills one.</summary>
    private const int RowsPerGroup = 20_480;

    /// <summary>Writes every part.</summary>
    /// <param name="connections">Each writes on a thread of its own; DuckDB itself then has one, for threads that wait for each other's groups would only be in the way.</param>
    /// <param name="parts">The rows.</param>
    /// <param name="columns">What is selected of them.</param>
    /// <param name="folder">The table's folder.</param>
    /// <param name="name">The beginning of the files' names.</param>
    public static IReadOnlyList<(WrittenFile File, PartitionStats Stats)> Run(
        IReadOnlyList<DuckDBConnection> connections, IReadOnlyList<IPartitionRows> parts, IReadOnlyList<string> columns, string folder, string name)
    {
        var waiting = new ConcurrentQueue<IPartitionRows>(parts.OrderByDescending(p => p.Count));
        var written = new ConcurrentBag<(WrittenFile, PartitionStats)>();
        var failed = 0;
        void Work(DuckDBConnection connection)
        {
            while (Volatile.Read(ref failed) == 0 && waiting.TryDequeue(out var part))
            {
                try
                {
                    written.Add(Write(connection, part, columns, folder, name));
                }
                catch
                {
                    Volatile.Write(ref failed, 1);
                    throw;
                }
            }
        }

        var threads = connections[0].Scalar<long>("SELECT current_setting('threads')");
        connections[0].Execute("SET threads = 1");
        try
        {
            if (connections.Count == 1 || parts.Count == 1) Work(connections[0]);
            else Parallel.ForEach(connections, new ParallelOptions { MaxDegreeOfParallelism = connections.Count }, Work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        finally
        {
            connections[0].Execute($"SET threads = {threads}");
        }
        return [.. written];
    }

    private static (WrittenFile, PartitionStats) Write(DuckDBConnection connection, IPartitionRows part, IReadOnlyList<string> columns, string folder, string name)
    {
        var partition = LogPaths.Partition(part.Partition);
        var path = $"{partition}/{name}-{Guid.NewGuid()}.parquet";
        Directory.CreateDirectory(Path.Combine(folder, partition));
        using var scan = new RowScan(part);
        var rows = connection.Execute($"COPY (SELECT {string.Join(", ", columns)} FROM {scan.Sql}) TO {Sql.Text(Path.Combine(folder, path))} ({CopyOut.Format}, ROW_GROUP_SIZE {RowsPerGroup})");
        if (rows != part.Count) throw new InvalidOperationException($"Of {part.Count} rows DuckDB wrote {rows} to {path}.");
        return (new WrittenFile(path, partition), new PartitionStats(part.Partition, part.ReadStats(), part.Count));
    }
}
