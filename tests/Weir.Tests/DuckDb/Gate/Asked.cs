using Weir.DuckDb;

namespace Weir.Tests.DuckDb.Gate;

/// <summary>A small warehouse behind the gate, with a canary file beside it whose content no query may ever show.</summary>
public sealed class Asked : IDisposable
{
    public const string Canary = "canary-5f1c9e";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weir-gate-");

    public Asked()
    {
        foreach (var name in new[] { "canary.csv", "canary.txt", "canary", "t.csv" }) File.WriteAllText(Path.Combine(folder.FullName, name), $"a,b\n{Canary},1\n");
        File.WriteAllText(Path.Combine(folder.FullName, "canary.json"), $$"""{"a":"{{Canary}}"}""");
        using (var other = Open(Path.Combine(folder.FullName, "other.duckdb"))) other.Execute($"create table secrets as select '{Canary}' as a");
        Database = Open(Path.Combine(folder.FullName, "warehouse.duckdb"));
        Database.Execute(
            $"""
            create schema lake;
            create schema marts;
            create table orders as select i as id, 'c' || i % 3 as customer, i * 1.5 as revenue, timestamptz '2026-01-01 00:00:00+00' + to_days(i::int) as placed_at, ['x', 'y'] as tags, {"{'city': 'Ulm', 'zip': i}"} as address from range(10) r(i);
            create table marts.customers as select 'c' || i as customer, 'Name ' || i as name from range(3) r(i);
            create view lake.events as select id as event_id, customer as user_id, placed_at as event_time, 'Order Completed' as event, id % 4 = 0 as late from orders;
            create view from_file as select * from read_csv('{folder.FullName}/t.csv');
            create type mood as enum ('good', 'bad');
            create macro reads(f) as table select * from read_text(f);
            create sequence numbers;
            """);
    }

    public DuckDBConnection Database { get; }

    /// <summary>The canary's path, as SQL text.</summary>
    public string Path1(string name = "canary.csv") => Path.Combine(folder.FullName, name);

    public string Folder => folder.FullName;

    public GuardedQuery Run(string sql, QueryLimits? limits = null, CancellationToken cancellationToken = default) =>
        GuardedQuery.Run(Database, sql, limits ?? new QueryLimits(), cancellationToken);

    /// <summary>All rows as text, <c>a|b;a|b</c>.</summary>
    public string Rows(string sql, QueryLimits? limits = null, CancellationToken cancellationToken = default)
    {
        using var query = Run(sql, limits, cancellationToken);
        var rows = new List<string>();
        while (query.Read()) rows.Add(string.Join('|', query.Columns.Select((_, i) => Text(query[i]))));
        return string.Join(';', rows);
    }

    public void Dispose()
    {
        Database.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        System.Collections.IDictionary map => $"{{{string.Join(',', map.Values.Cast<object?>().Select(Text))}}}",
        System.Collections.IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Text))}]",
        _ => value.ToString()!,
    };

    private static DuckDBConnection Open(string path)
    {
        var connection = new DuckDBConnection($"Data Source={path};threads=1;memory_limit=256MB");
        connection.Open();
        return connection;
    }
}
