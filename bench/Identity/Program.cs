using System.Diagnostics;
using System.Globalization;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Identity.Resolving;
using Weir.Identity.Stage;

// How long it takes to resolve N pieces of evidence (1,000,000): the resolver alone, and out of the warehouse's tables and back into them.
// People of 1 to 12 ids of four kinds; a piece of evidence in a hundred joins two people, an address in ten thousand belongs to far too many.
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
using var connection = new DuckDBConnection("Data Source=:memory:;threads=2");
connection.Open();
StateTables.Create(connection);
connection.Execute($"""
    SELECT setseed(0.42);
    CREATE TEMP TABLE made AS
    SELECT i, (i * 7919) % ({count} / 4) AS person, CASE WHEN i % 100 = 0 THEN (i * 104729) % ({count} / 4) ELSE person END AS other, CASE i % 3 WHEN 0 THEN 'customer' WHEN 1 THEN 'crm' ELSE 'email' END AS kind
    FROM range({count}) AS r(i);
    INSERT INTO identity.evidence
    SELECT 'contacts', 'user', 'u' || person, {IdKinds.KeySql("'user'", "'u' || person")}, kind, kind || other || '-' || i % 2, {IdKinds.KeySql("kind", "kind || other || '-' || i % 2")},
        TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(i), 'crm', 'bench', i
    FROM (SELECT * REPLACE (CASE WHEN i % 10_000 = 1 THEN -1 ELSE other END AS other) FROM made);
    CREATE TEMP TABLE weir_touched AS SELECT DISTINCT left_id AS id FROM identity.evidence UNION SELECT DISTINCT right_id FROM identity.evidence;
    """);
var rules = IdentityRules.Default([]);
var kinds = new IdKinds(rules.Strong);
var graph = GraphReader.Read(connection, kinds, "SELECT id FROM weir_touched", "SELECT left_id, right_id, epoch_us(min(seen_at)) FROM identity.evidence GROUP BY ALL");
var watch = Stopwatch.StartNew();
var resolution = Resolver.Resolve(graph, [], rules.MostPartners);
Console.WriteLine($"resolver alone: {graph.Edges.Count:N0} pairs of {graph.Keys.Count:N0} ids, {resolution.Merges.Count:N0} merges, {watch.Elapsed.TotalSeconds:N2} s");
watch.Restart();
var (ids, edges) = new StrongStep(connection, rules).Run([]);
Console.WriteLine($"tables to tables: {count:N0} pieces of evidence, {edges:N0} pairs of {ids:N0} ids, {connection.Scalar<long>("SELECT count(DISTINCT customer_id) FROM identity.strong_ids"):N0} customers, {watch.Elapsed.TotalSeconds:N2} s");
