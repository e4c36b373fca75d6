using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Weir.DuckDb;
using Weir.Lake.Parquet;

namespace Weir.Lake.Writing;

/// <summary>Writes rows that a program holds, one partition's to one file: by Weir's own encoder where it has the columns' types and libzstd is installed, otherwise by DuckDB's COPY.</summary>
internal sealed class RowsOut
{
    /// <summary>Rows of 2 KB come to 40 MB a group, of which each thread fills one.</summary>
    private const int RowsPerGroup = 20_480;

    private readonly ParquetEncoders encoders = new(RowsPerGroup);

    /// <summary>Writes every part.</summary>
    /// <param name="connections">As many threads write. For COPY DuckDB itself then has one: threads that wait for each other's groups would only be in the way.</param>
    /// <param name="parts">The rows; all have the same columns.</param>
    /// <param name="table">The table as it is.</param>
    /// <param name="declared">The table as the rows know it: what it has beyond these columns is NULL.</param>
    /// <param name="folder">The table's folder.</param>
    /// <param name="name">The beginning of the files' names.</param>
    public IReadOnlyList<(WrittenFile File, PartitionStats Stats)> Run(
        IReadOnlyList<DuckDBConnection> connections, IReadOnlyList<IPartitionRows> parts, TableDefinition table, TableDefinition declared, string folder, string name)
    {
        var columns = string.Join(", ", CopyOut.DataColumns(table, declared));
        var isOwn = ParquetEncoders.Serve(table, parts[0]);
        var waiting = new ConcurrentQueue<IPartitionRows>(parts.OrderByDescending(p => p.Count));
        var written = new ConcurrentBag<(WrittenFile, PartitionStats)>();
        var failed = 0;
        void Work(DuckDBConnection connection)
        {
            while (Volatile.Read(ref failed) == 0 && waiting.TryDequeue(out var part))
            {
                try
                {
                    written.Add(Write(part, folder, name, path => isOwn ? encoders.Write(table, part, path) : Copy(connection, part, columns, path)));
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

    private static (WrittenFile, PartitionStats) Write(IPartitionRows part, string folder, string name, Func<string, long> write)
    {
        var partition = LogPaths.Partition(part.Partition);
        var path = $"{partition}/{name}-{Guid.NewGuid()}.parquet";
        Directory.CreateDirectory(Path.Combine(folder, partition));
        var rows = write(Path.Combine(folder, path));
        if (rows != part.Count) throw new InvalidOperationException($"Of {part.Count} rows {rows} were written to {path}.");
        return (new WrittenFile(path, partition), new PartitionStats(part.Partition, part.ReadStats(), part.Count));
    }

    private static long Copy(DuckDBConnection connection, IPartitionRows part, string columns, string path)
    {
        using var scan = new RowScan(part);
        return connection.Execute($"COPY (SELECT {columns} FROM {scan.Sql}) TO {Sql.Text(path)} ({CopyOut.Format}, ROW_GROUP_SIZE {RowsPerGroup})");
    }
}
