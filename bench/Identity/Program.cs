using System.Diagnostics;
using System.Globalization;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Identity.Stage;

// How long it takes to resolve N pieces of evidence (1,000,000), from tables to tables: from what was found in the lake's rows to the customer map and the merges, committed to a file; then how long
// smaller lots take that come on top. People of five strong ids, and of a browser each; a piece of evidence in a hundred joins two people, one in ten thousand is of an id that far too many have.
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var folder = Directory.CreateTempSubdirectory("weir-identity-").FullName;
var rules = IdentityRules.Default([]);
try
{
    using var connection = new DuckDBConnection($"Data Source={Path.Combine(folder, "warehouse.duckdb")};threads=2");
    connection.Open();
    StateTables.Create(connection);
    var extraction = new Extraction(connection, rules);
    var next = 0;
    foreach (var (size, isWhole) in ((int, bool)[])[(count, true), (1, false), (1_000, false), (10_000, false), (100_000, false)])
    {
        extraction.Begin();
        Make(connection, next, size);
        next += size;
        var watch = Stopwatch.StartNew();
        using var transaction = connection.BeginTransaction();
        new Keeping(connection).Run(["contacts", "events"]);
        var kept = watch.Elapsed;
        var (ids, pairs) = new StrongStep(connection, rules).Run([], isWhole);
        var strong = watch.Elapsed;
        new WeakStep(connection, rules).Run();
        var weak = watch.Elapsed;
        transaction.Commit();
        var all = watch.Elapsed;
        StateTables.DropTemporary(connection);
        Console.WriteLine($"{size,9:N0} pieces: {all.TotalSeconds:N2} s (kept {kept.TotalSeconds:N2}, strong ids {(strong - kept).TotalSeconds:N2}, browsers {(weak - strong).TotalSeconds:N2}, committed {(all - weak).TotalSeconds:N2}); resolved {pairs:N0} pairs of {ids:N0} ids; "
            + $"now {connection.Scalar<long>("SELECT count(DISTINCT customer_id) FROM identity.strong_ids"):N0} customers, {connection.Scalar<long>("SELECT count(*) FROM identity.customer_merges"):N0} merges");
    }
    using var self = Process.GetCurrentProcess();
    Console.WriteLine($"most memory: {self.PeakWorkingSet64 / 1_000_000:N0} MB; processor {self.TotalProcessorTime.TotalSeconds:N1} s, with the making of the data");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

// Pieces [from, from + size): each another pair, and each person's again every count / 4 pieces.
void Make(DuckDBConnection connection, int from, int size)
{
    static string Key(string kind, string value) => Weir.Identity.Resolving.IdKinds.KeySql(kind, value);
    connection.Execute($"""
        CREATE OR REPLACE TEMP TABLE weir_made AS
        SELECT i, 'u' || person AS left_value, kind, kind || CASE WHEN i % 10_000 = 1 THEN '-1' WHEN i % 100 = 0 THEN (i * 104729) % ({count} / 4) || '-' || i // ({count} / 4) ELSE person || '-' || i // ({count} / 4) END AS right_value,
            TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(i) AS seen_at, person
        FROM (SELECT i, (i * 7919) % ({count} / 4) AS person, CASE i % 3 WHEN 0 THEN 'customer' WHEN 1 THEN 'crm' ELSE 'email' END AS kind FROM range({from}, {from + size}) AS r(i));
        INSERT INTO weir_found SELECT 'contacts', 'user', left_value, {Key("'user'", "left_value")}, kind, right_value, {Key("kind", "right_value")}, seen_at, 'crm', 'bench', i FROM weir_made;
        INSERT INTO weir_seen SELECT 'events', 'anonymous', 'browser-' || person, {Key("'user'", "left_value")}, seen_at, 'web', 'bench', i FROM weir_made WHERE i < {count} / 4 OR i >= {count};
        """);
}
