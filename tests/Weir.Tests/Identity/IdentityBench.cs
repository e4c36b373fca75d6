using System.Globalization;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Lake;
using Weir.Sources;
using Weir.Tests.Lake;

namespace Weir.Tests.Identity;

/// <summary>An event, or the row of an entity, in a few letters.</summary>
internal sealed record Sent(string Table, int Minute, string? User = null, string? Other = null, string? Key = null);

/// <summary>A lake, a warehouse, and the identity of who is in them. <c>Other</c> is an event's anonymous id, or a contact's e-mail address.</summary>
internal sealed class IdentityBench : IDisposable
{
    public static readonly SourceDefinition Crm = new()
    {
        Name = "crm", Entity = "contacts", Key = ["contact_id"],
        Fields = [Field("contact_id"), Field("customer_id"), Field("email")],
    };

    private static readonly TableDefinition Contacts = LakeTables.Entity(Crm);
    private readonly Dictionary<string, long> heads = [];

    public IdentityBench()
    {
        Warehouse = new DuckDBConnection("Data Source=:memory:;threads=2");
        Warehouse.Open();
        Warehouse.Execute("SET TimeZone = 'UTC'");
        Lake.Store.Ensure(LakeTables.Events);
        Lake.Store.Ensure(Contacts);
    }

    public TestLake Lake { get; } = new();

    public DuckDBConnection Warehouse { get; set; }

    public IdentityRules Rules { get; set; } = IdentityRules.Default([Crm]);

    public IReadOnlyList<Split> Splits { get; set; } = [];

    public static Sent Event(int minute, string? user, string? anonymous) => new("events", minute, user, anonymous);

    public static Sent Contact(int minute, string key, string? user, string? email) => new("contacts", minute, user, email, key);

    /// <summary>Lands rows in one range of a stream, in this order, and runs.</summary>
    public IdentityReport Take(string stream, params Sent[] rows)
    {
        Land(stream, rows);
        return Run();
    }

    public void Land(string stream, params Sent[] rows)
    {
        foreach (var table in rows.GroupBy(r => r.Table))
        {
            var definition = table.Key == "events" ? LakeTables.Events : Contacts;
            var name = $"{table.Key}-{stream}";
            var from = heads.GetValueOrDefault(name);
            var to = heads[name] = from + table.Count();
            Lake.Db.Execute($"DROP TABLE IF EXISTS staging; {definition.CreateStagingSql("staging")}");
            Lake.Db.Execute(string.Join(';', table.Select((row, i) => InsertSql(row, name, from + i))));
            var files = Lake.Store.Writer.Write(Lake.Db, "staging", definition, $"{name}-{from}-{to}");
            Lake.Store.Commit(new RangeCommit([new StreamRange(name, from, to)],
                [new LedgerRow(name, table.Key == "events" ? "web" : "crm", from, to, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), "land", to - from, to - from, 0, 0, 0, 0)],
                new Dictionary<string, IReadOnlyList<AddFile>> { [table.Key] = files }, Lake.Store.ReadSnapshot().LedgerVersion));
        }
    }

    private static string InsertSql(Sent row, string stream, long position)
    {
        var at = $"TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_minutes({row.Minute.ToString(CultureInfo.InvariantCulture)})";
        return row.Table == "events"
            ? $"INSERT INTO staging BY NAME SELECT 'e' AS event_id, 'web' AS source, 'view' AS event, t AS client_time, t AS event_time, t AS received_at, {Text(row.User)} AS user_id, {Text(row.Other)} AS anonymous_id, {Text(stream)} AS _stream, {position} AS _position, t::DATE AS date, hour(t) AS hour FROM (SELECT {at} AS t)"
            : $"INSERT INTO staging BY NAME SELECT {Text(row.Key)} AS contact_id, {Text(row.User)} AS customer_id, {Text(row.Other)} AS email, t AS received_at, 'crm' AS source, {Text(stream)} AS _stream, {position} AS _position, t::DATE AS date FROM (SELECT {at} AS t)";
    }

    public IdentityReport Run()
    {
        var snapshot = Lake.Store.ReadSnapshot();
        LakeViews.Create(Warehouse, snapshot);
        return new IdentityStage(Rules, Splits, Hash).Run(Warehouse, Lake.Store, snapshot);
    }

    /// <summary>A hash that can be read: tests see what was hashed.</summary>
    public static string Hash(string email) => $"#{email.Trim().ToLowerInvariant().Replace("@", "(at)")}";

    /// <summary>Who is together: the ids of each customer, then the next one.</summary>
    public string Customers() => string.Join(" | ", Warehouse.Query(
        "SELECT string_agg(kind || '=' || id_value, ' ' ORDER BY kind, id_value) FROM identity.strong_ids WHERE customer_id IS NOT NULL GROUP BY customer_id ORDER BY 1", r => r.GetString(0)));

    /// <summary>Whose a browser is, from which minute on; the customer by the smallest of the user ids.</summary>
    public string Browser(string anonymous) => string.Join(" ", Warehouse.Query($"""
        SELECT (SELECT min(id_value) FROM identity.strong_ids AS s WHERE s.customer_id = w.customer_id AND s.kind = 'user'),
               CASE WHEN valid_from < TIMESTAMPTZ '2000-01-01 00:00:00+00' THEN -1 ELSE date_diff('minute', TIMESTAMPTZ '2026-03-01 00:00:00+00', valid_from) END, valid_to > TIMESTAMPTZ '9000-01-01 00:00:00+00'
        FROM identity.customer_map AS w WHERE kind = 'anonymous' AND id_value = {Text(anonymous)} ORDER BY valid_from
        """, r => $"{r.GetString(0)}@{r.GetInt64(1)}{(r.GetBoolean(2) ? "" : "…")}"));

    /// <summary>The map's rows, as text.</summary>
    public IReadOnlyList<string> Map() => !MapExists() ? [] : [.. Warehouse.Query("SELECT m::VARCHAR FROM identity.customer_map AS m", r => r.GetString(0)).Order(StringComparer.Ordinal)];

    private bool MapExists() => MapChanges.Read(Warehouse) is not null;

    /// <summary>Everything that is published, as text.</summary>
    public string Published()
    {
        string Rows(string sql) => string.Join('\n', Warehouse.Query(sql, r => r.GetString(0)));
        return Rows("SELECT m::VARCHAR FROM identity.customer_map AS m ORDER BY 1") + "\n" + Rows("SELECT m::VARCHAR FROM (SELECT retired_id, survivor_id, customer_id, left_id, right_id, merged_at FROM identity.customer_merges) AS m ORDER BY 1")
            + "\n" + Rows("SELECT r::VARCHAR FROM identity.refused_ids AS r ORDER BY 1");
    }

    public void Dispose()
    {
        Warehouse.Dispose();
        Lake.Dispose();
    }

    private static FieldDefinition Field(string name) => new(name, name, new FieldType(FieldKind.Varchar));

    private static string Text(string? text) => text is null ? "NULL" : Sql.Text(text);
}
