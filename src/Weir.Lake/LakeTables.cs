using Weir.Sources;

namespace Weir.Lake;

/// <summary>The tables that every lake has, and those of entity sources. Columns are only ever added, at the end.</summary>
public static class LakeTables
{
    private const string Time = "TIMESTAMP WITH TIME ZONE";
    private static readonly string[] Own = ["received_at", "_stream", "_position", "source", "date"];

    /// <summary>Landed events; by date, hour and source of <c>event_time</c>.</summary>
    public static TableDefinition Events { get; } = new("events",
    [
        new("event_id", "VARCHAR"), new("source", "VARCHAR"), new("event", "VARCHAR", true),
        new("client_time", Time, true), new("event_time", Time, true), new("received_at", Time, true), new("sent_at", Time),
        new("user_id", "VARCHAR"), new("anonymous_id", "VARCHAR"), new("session_id", "VARCHAR"), new("schema_version", "VARCHAR", true),
        .. Texts("page_url", "page_path", "page_title", "page_referrer"),
        .. Texts("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
        .. Texts("platform", "device_type", "device_id", "os_name", "os_version", "browser"),
        .. Texts("app_version", "app_name", "locale", "country", "ip", "user_agent"),
        .. Texts("order_id", "product_id", "product_name", "category"),
        new("quantity", "INTEGER"), new("price", "DECIMAL(18,4)"), new("revenue", "DECIMAL(18,4)", true), new("currency", "VARCHAR"),
        .. Texts("coupon", "cart_id", "context", "properties", "_imputed", "_dialect", "_stream"), new("_position", "BIGINT", true),
        new("date", "DATE"), new("hour", "INTEGER"), new("_flags", "VARCHAR"),
    ], ["date", "hour", "source"]);

    /// <summary>What was kept aside, with reason and sealed bytes; by date of <c>received_at</c> and source.</summary>
    public static TableDefinition Quarantine { get; } = new("quarantine",
    [
        new("source", "VARCHAR"), new("reason", "VARCHAR", true), .. Texts("detail", "event_id", "event"),
        new("client_time", Time), new("received_at", Time, true), new("_stream", "VARCHAR"), new("_position", "BIGINT", true),
        new("line", "BIGINT"), new("file", "VARCHAR"), new("bytes", "BIGINT"), new("sealed", "BLOB"), new("date", "DATE"),
        new("_dialect", "VARCHAR"), new("sealed_envelope", "BLOB"),
    ], ["date", "source"]);

    /// <summary>One row per range, receive hour and movement; not partitioned.</summary>
    public static TableDefinition Ledger { get; } = new("ledger",
    [
        new("stream", "VARCHAR"), new("source", "VARCHAR", true), new("from_position", "BIGINT", true), new("to_position", "BIGINT", true),
        new("hour", Time, true), new("movement", "VARCHAR", true),
        new("received", "BIGINT"), new("landed", "BIGINT"), new("duplicate", "BIGINT"), new("quarantined", "BIGINT"), new("dropped", "BIGINT"),
        new("without_time", "BIGINT"), .. Texts("dropped_by_reason", "duplicate_runs", "dropped_runs", "quarantined_by_reason"),
        new("committed_at", Time, true), .. Texts("chain_hash", "undropped_runs", "landed_runs", "quarantined_runs"),
    ], []);

    /// <summary>The table of a source that declares an entity: its fields, then where each row came from; by date of <c>received_at</c>.</summary>
    /// <exception cref="WeirException">WEIR6007: the entity or a field bears a name that the lake needs itself.</exception>
    public static TableDefinition Entity(SourceDefinition source)
    {
        var entity = source.Entity ?? throw new ArgumentException($"The source '{source.Name}' declares no entity.", nameof(source));
        if (entity is "events" or "quarantine" or "ledger" || entity.EndsWith("_history", StringComparison.OrdinalIgnoreCase))
            throw new WeirException(LakeErrors.ReservedName,
                $"The source '{source.Name}' declares the entity '{entity}', but events, quarantine, ledger and names that end in _history are the lake's own. Name the entity otherwise.");
        if (source.Fields.FirstOrDefault(f => Own.Contains(f.Name, StringComparer.OrdinalIgnoreCase)) is { } taken)
            throw new WeirException(LakeErrors.ReservedName,
                $"The entity '{entity}' of source '{source.Name}' declares a field '{taken.Name}', but {string.Join(", ", Own)} are columns that the lake adds. Name the field otherwise; its 'from' may stay.");
        return new TableDefinition(entity,
        [
            .. source.Fields.Select(f => new LakeColumn(f.Name, f.Type.Sql)),
            new("received_at", Time, true), new("_stream", "VARCHAR"), new("_position", "BIGINT", true), new("source", "VARCHAR", true), new("date", "DATE"),
        ], ["date"], source.Key);
    }

    private static IEnumerable<LakeColumn> Texts(params string[] names) => names.Select(n => new LakeColumn(n, "VARCHAR"));
}
