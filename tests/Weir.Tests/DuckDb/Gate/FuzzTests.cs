using Weir.DuckDb;

namespace Weir.Tests.DuckDb.Gate;

/// <summary>Random texts made of parts that reach for files, spliced into honest ones: whatever passes shows nothing of the canary.</summary>
public sealed class FuzzTests(Asked asked) : IClassFixture<Asked>
{
    private static readonly int Texts = Environment.GetEnvironmentVariable("WEIR_FUZZ_TEXTS") is { } given ? int.Parse(given) : 600;
    private static readonly QueryLimits Limits = new() { Timeout = TimeSpan.FromSeconds(5), MaxRows = 200 };

    private static readonly string[] Reaching =
    [
        "'@'", "\"@\"", "read_text('@')", "read_csv('@')", "read_blob('@')", "glob('@*')", "query('from ''@''')", "query_table('@')", "canary.csv", "\"canary.csv\"", "sniff_csv('@')",
        "(from '@')", "(select content from read_text('@'))", "\"read_text\"('@')", "main.read_text('@')", "parquet_scan('@')", "json_serialize_plan('from ''@''')", "reads('@')", "histogram('@', a)",
        "duckdb_settings()", "getenv('HOME')", "current_setting('temp_directory')", "(attach 'x')", "; copy orders to '@.out'", "; attach '@'", "'@'::regclass", "at (version => (from '@'))",
    ];

    private static readonly string[] Honest =
    [
        "select", "from", "orders", "marts.customers", "lake.events", "id", "*", ",", "(", ")", "with x as (", "select 1", "x", "where", "in", "union all", "join", "on true", "lateral", "limit", "order by",
        "as x", "using sample 5", "pivot", "unpivot", "on id in (1)", "using count(*)", "describe", "summarize", "show", "values", "exists", "case when true then", "end", "list_transform([1], y -> ", "over (order by id rows between",
        "preceding and current row)", "recursive", "replace (", "columns(", "filter (where", "group by", "having", "qualify", "except", "natural join", "positional join", "\"x\"", "'x'", "1", "::text", "[", "]", "table", "--", "/*", "*/", "unnest(", "range(",
    ];

    [Fact]
    public void A_random_text_never_reaches_a_file()
    {
        var seed = Environment.GetEnvironmentVariable("WEIR_FUZZ_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        var random = new Random(seed);
        var (passed, before) = (0, Directory.GetFiles(asked.Folder).Length);
        for (var i = 0; i < Texts; i++)
        {
            var sql = (i % 2 == 0 ? Soup(random) : Spliced(random)).Replace("@", asked.Path1(random.Next(2) == 0 ? "canary.csv" : "canary.txt"), StringComparison.Ordinal);
            string seen;
            try
            {
                seen = asked.Rows(sql, Limits);
                passed++;
            }
            catch (WeirException error)
            {
                error.Code.ShouldStartWith("WEIR81");
                seen = error.Message;
            }
            seen.ShouldNotContain(Asked.Canary, customMessage: $"seed {seed}, text {i}: {sql}");
        }
        passed.ShouldBeGreaterThan(Texts / 100, $"seed {seed}: so few texts pass that nothing is tried");
        Directory.GetFiles(asked.Folder).Length.ShouldBe(before, $"seed {seed}: a file was written");
        asked.Rows("select count(*) from orders").ShouldBe("10");
    }

    /// <summary>Words in any order.</summary>
    private static string Soup(Random random) =>
        "select " + string.Join(' ', Enumerable.Range(0, random.Next(2, 8)).Select(_ => random.Next(4) == 0 ? Pick(random, Reaching) : Pick(random, Honest)));

    /// <summary>A query that parses, with one of its words replaced.</summary>
    private static string Spliced(Random random)
    {
        string[] templates =
        [
            "select # from orders where # limit 3", "with x as (from # select *) select # from x", "select * from orders o, lateral (select # from # limit 1) l limit 2", "from # select *", "describe #", "summarize #",
            "select (select # from # limit 1)", "pivot # on id in (1, 2) using count(#)", "select list_transform([1, 2], y -> #)", "select sum(id) over (order by #) from # limit 2", "values (#), (#)",
            "with recursive r as (select 1 a union all select a + 1 from r, # where a < 3) select # from r", "select * from # positional join # limit 1", "select 1 union all select # from #", "select * replace (# as id) from orders limit 1",
        ];
        string[] whole = ["orders", "id", "1", "marts.customers", "lake.events", "range(3)", "x", "(select 1)", "(from orders)", "count(*)", "'x'", "true", .. Reaching];
        var parts = Pick(random, templates).Split('#');
        return parts.Skip(1).Aggregate(parts[0], (sql, part) => $"{sql}{Pick(random, whole)}{part}");
    }

    private static string Pick(Random random, string[] of) => of[random.Next(of.Length)];
}
