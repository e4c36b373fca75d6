using System.Collections.Concurrent;
using System.Globalization;
using Weir.DuckDb;

namespace Weir.Lake;

/// <summary>
/// A function in SQL that names the files of a view and, when a query that reads the view is bound, fetches them from where they are. So views over a whole lake cost nothing until somebody reads them.
/// </summary>
internal static class Fetching
{
    private const string Function = "weir_fetch";
    private static readonly ConcurrentDictionary<long, WeakReference<ILakeDisk>> Disks = new();
    private static long last;
    [ThreadStatic] private static bool isDeclaring;

    /// <summary>Readies a database.</summary>
    public static void Enable(DuckDBConnection connection) => TextFunction.Ensure(connection, Function, Fetch);

    /// <summary>While it is held, on this thread, a view that is bound only becomes known: of its files the first is enough.</summary>
    public static IDisposable Declare() => new Declaring();

    /// <summary>The list of files, as SQL.</summary>
    public static string ListSql(ILakeDisk disk, TableSnapshot table, IEnumerable<AddFile> files)
    {
        var key = Disks.FirstOrDefault(d => d.Value.TryGetTarget(out var known) && ReferenceEquals(known, disk)).Key;
        if (key == 0) Disks[key = Interlocked.Increment(ref last)] = new WeakReference<ILakeDisk>(disk);
        var lines = files.Select(f => $"{f.Size.ToString(CultureInfo.InvariantCulture)} {LakeFiles.PathOf(table, f)}").Prepend(key.ToString(CultureInfo.InvariantCulture));
        return $"string_split({Function}({Sql.Text(string.Join('\n', lines))}), chr(10))";
    }

    private static string Fetch(string text)
    {
        var lines = text.Split('\n');
        if (!Disks.TryGetValue(long.Parse(lines[0], CultureInfo.InvariantCulture), out var known) || !known.TryGetTarget(out var disk))
            throw new InvalidOperationException("The lake that these views show is no longer open in this process. Make the views anew.");
        var files = lines.Skip(1).Select(line =>
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            return new StoredFile(line[(space + 1)..], long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture));
        }).Take(isDeclaring ? 1 : int.MaxValue).ToList();
        disk.Fetch(files);
        return string.Join('\n', files.Select(f => Sql.Pattern(f.Path)));
    }

    private sealed class Declaring : IDisposable
    {
        private readonly bool before = isDeclaring;

        public Declaring() => isDeclaring = true;

        public void Dispose() => isDeclaring = before;
    }
}
