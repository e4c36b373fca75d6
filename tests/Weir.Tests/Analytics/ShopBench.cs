using Weir.Configuration;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Lake;
using Weir.Models;
using Weir.Roles;
using Weir.Tests.Identity;
using Weir.Tests.Lake;

namespace Weir.Tests.Analytics;

/// <summary>A row of a table of the lake: its columns as SQL.</summary>
internal sealed record LakeRow(string Table, IReadOnlyDictionary<string, string> Values);

/// <summary>The models of samples/shop over a lake of rows given one by one: identity and models as <c>weir build</c> has them.</summary>
internal sealed class ShopBench : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "shop");
    private static readonly ProjectSettings Settings = ProjectFile.Read(Folder, null, null);
    private static readonly Dictionary<string, TableDefinition> Tables = Settings.Sources.Where(s => s.Entity is not null).Select(LakeTables.Entity).Append(LakeTables.Events).ToDictionary(t => t.Name);
    private readonly Dictionary<string, long> heads = [];

    public ShopBench()
    {
        foreach (var table in Tables.Values) Lake.Store.Ensure(table);
    }

    public TestLake Lake { get; } = new();

    public DuckDBConnection Warehouse { get; } = Open();

    public IReadOnlyList<Split> Splits { get; set; } = [];

    public static string At(string time) => $"TIMESTAMPTZ '{time}+00'";

    /// <summary>An event, as the second generation of clients sends it.</summary>
    public static LakeRow Event(string time, string visitor, string? user = null, string name = "Page Viewed", string? campaign = null, string? referrer = null, string? order = null, string? agent = null, string platform = "web") => new("events", new Dictionary<string, string>
    {
        ["event_id"] = "uuid()::VARCHAR", ["source"] = platform == "web" ? "'web'" : "'mobile'", ["event"] = Text(name), ["client_time"] = At(time), ["event_time"] = At(time), ["received_at"] = At(time),
        ["user_id"] = Text(user), ["anonymous_id"] = Text(visitor), ["utm_campaign"] = Text(campaign), ["utm_source"] = campaign is null ? "NULL" : "'source'", ["utm_medium"] = campaign is null ? "NULL" : "'email'",
        ["page_referrer"] = Text(referrer), ["order_id"] = Text(order), ["user_agent"] = Text(agent), ["platform"] = Text(platform), ["country"] = "'DE'",
    });

    /// <summary>A line of an order, tax 19 % of what remains after the discount.</summary>
    public static LakeRow Line(string time, string order, int line, string user, decimal price, int quantity = 1, string currency = "EUR", string status = "placed", string? refundedAt = null, decimal discount = 0, decimal tax = 0, decimal shipping = 0, string category = "Kitchen", string? receivedAt = null) => new("order_lines", new Dictionary<string, string>
    {
        ["order_id"] = Text(order), ["line"] = Number(line), ["status"] = Text(status), ["ordered_at"] = At(time), ["updated_at"] = At(refundedAt ?? time), ["refunded_at"] = refundedAt is null ? "NULL" : At(refundedAt), ["received_at"] = At(receivedAt ?? refundedAt ?? time),
        ["customer_id"] = Text(user), ["email"] = Text($"{user}@example.com"), ["product_id"] = Text($"P-{category}"), ["product_name"] = Text(category), ["category"] = Text(category), ["quantity"] = Number(quantity), ["unit_price"] = Number(price),
        ["discount"] = Number(discount), ["tax"] = Number(tax), ["shipping"] = Number(shipping), ["currency"] = Text(currency), ["channel"] = "'web'", ["country"] = "'DE'", ["source"] = "'orders'",
    });

    public static LakeRow Contact(string time, string contact, string? user, string name, string? email = null) => new("contacts", new Dictionary<string, string>
    {
        ["contact_id"] = Text(contact), ["customer_id"] = Text(user), ["name"] = Text(name), ["email"] = Text(email), ["stage"] = "'Customer'", ["country"] = "'DE'", ["modified_at"] = At(time), ["received_at"] = At(time), ["source"] = "'crm'",
    });

    public static LakeRow Ticket(string time, long ticket, string user) => new("tickets", new Dictionary<string, string>
    {
        ["ticket_id"] = Number(ticket), ["customer_id"] = Text(user), ["status"] = "'open'", ["created_at"] = At(time), ["updated_at"] = At(time), ["received_at"] = At(time), ["source"] = "'support'",
    });

    /// <summary>A row of the table that operations keep.</summary>
    public static LakeRow Mapping(string time, string user, string? former, string? contact = null) => new("customer_mapping", new Dictionary<string, string>
    {
        ["user_id"] = Text(user), ["former_user_id"] = Text(former), ["contact_id"] = Text(contact), ["mapped_at"] = At(time), ["received_at"] = At(time), ["source"] = "'operations'",
    });

    /// <summary>Lands rows in one commit, in this order.</summary>
    public void Land(params LakeRow[] rows)
    {
        foreach (var table in rows.GroupBy(r => r.Table))
        {
            var definition = Tables[table.Key];
            var from = heads.GetValueOrDefault(table.Key);
            var to = heads[table.Key] = from + table.Count();
            Lake.Db.Execute($"DROP TABLE IF EXISTS staging; {definition.CreateStagingSql("staging")}");
            Lake.Db.Execute(string.Join(';', table.Select((row, i) => Insert(row, from + i))));
            var files = Lake.Store.Writer.Write(Lake.Db, "staging", definition, $"{table.Key}-{from}-{to}");
            Lake.Store.Commit(new RangeCommit([new StreamRange(table.Key, from, to)],
                [new LedgerRow(table.Key, "web", from, to, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), "land", to - from, to - from, 0, 0, 0, 0)],
                new Dictionary<string, IReadOnlyList<AddFile>> { [table.Key] = files }, Lake.Store.ReadSnapshot().LedgerVersion));
        }
    }

    /// <summary>Lands and builds.</summary>
    public Task<BuildResult> TakeAsync(params LakeRow[] rows)
    {
        Land(rows);
        return BuildAsync();
    }

    public Task<BuildResult> BuildAsync(BuildRequest? request = null) => BuildAsync(Warehouse, request ?? BuildRequest.Everything with { ExcludeResourceTypes = ["test"], Explain = true });

    /// <summary>What was restated of a model.</summary>
    public static string Restated(BuildResult result, string model) => result.Nodes.Single(n => n.UniqueId == $"model.shop.{model}").Restated;

    /// <summary>Rows as text, sorted.</summary>
    public IReadOnlyList<string> Rows(string sql) => Rows(Warehouse, sql);

    /// <summary>All tables that are published, row by row, and the same of a warehouse that sees this lake for the first time.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Published, IReadOnlyDictionary<string, string> Fresh)> BesideFullRefreshAsync()
    {
        using var fresh = Open();
        await BuildAsync(fresh, BuildRequest.Everything with { ExcludeResourceTypes = ["test"] });
        return (Dump(Warehouse), Dump(fresh));
    }

    public void Dispose()
    {
        Warehouse.Dispose();
        Lake.Dispose();
    }

    private static Dictionary<string, string> Dump(DuckDBConnection warehouse) =>
        warehouse.Query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'", r => r.GetString(0)).ToDictionary(t => t, t => string.Join('\n', Rows(warehouse, $"FROM main.\"{t}\"")));

    private static IReadOnlyList<string> Rows(DuckDBConnection connection, string sql) =>
        [.. connection.Query($"SELECT columns(*)::VARCHAR FROM ({sql})", row => string.Join(", ", Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : row.GetString(i)))).Order(StringComparer.Ordinal)];

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("Data Source=:memory:;threads=2");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        return connection;
    }

    private async Task<BuildResult> BuildAsync(DuckDBConnection warehouse, BuildRequest request)
    {
        var snapshot = Lake.Store.ReadSnapshot();
        LakeViews.Create(warehouse, snapshot);
        new IdentityStage(IdentitySection.Read(Settings), Splits, IdentityBench.Hash).Run(warehouse, Lake.Store, snapshot);
        var result = await new ModelRunner(ModelProject.Load(Folder), TimeProvider.System).BuildAsync(request with { LakeVersion = snapshot.LedgerVersion, SourceChanges = new LakeChanges(Lake.Store, snapshot, MapChanges.Read(warehouse)) }, warehouse, null, CancellationToken.None);
        result.Nodes.Where(n => n.Status is NodeStatus.Error or NodeStatus.Fail).Select(n => $"{n.UniqueId}: {n.Message}").ShouldBeEmpty();
        return result;
    }

    private static string Insert(LakeRow row, long position)
    {
        var time = row.Values.GetValueOrDefault("event_time") ?? row.Values["received_at"];
        var hour = row.Table == "events" ? $", hour({time} AT TIME ZONE 'UTC') AS hour" : "";
        return $"INSERT INTO staging BY NAME SELECT {string.Join(", ", row.Values.Select(v => $"{v.Value} AS {v.Key}"))}, '{row.Table}' AS _stream, {position} AS _position, ({time} AT TIME ZONE 'UTC')::DATE AS date{hour}";
    }

    private static string Number(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(string? text) => text is null ? "NULL" : Sql.Text(text);
}
