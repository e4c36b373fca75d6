using System.Collections.Frozen;

namespace Weir.DuckDb.Gate;

/// <summary>
/// The functions a person's query may call: a list, so that a function which a new engine or an extension brings is refused until someone has looked at it.
/// What is refused on purpose is named with its reason. Names are in lower case.
/// </summary>
internal static class Functions
{
    private const string Reads = "it reads files.";
    private const string Dynamic = "it runs or plans text that cannot be looked into beforehand.";
    private const string Engine = "it tells what the engine keeps for itself: settings, secrets, files or logs.";
    private const string Changes = "it changes the state of the engine.";
    private const string Waits = "it only waits.";
    private const string Inner = "it is for the engine's own use.";
    private const string Postgres = "it is about PostgreSQL's catalogue, which is not here.";
    private const string Unlisted = "it is on no list of functions that Weir knows to be harmless.";

    /// <summary>Table functions that make rows of their arguments alone.</summary>
    public static readonly IReadOnlyList<string> TableNames = ["generate_series", "icu_calendar_names", "json_each", "json_tree", "pg_timezone_names", "range", "repeat", "repeat_row", "unnest"];

    /// <summary>Scalar, aggregate and window functions and the engine's own macros.</summary>
    public static readonly FrozenSet<string> Names = Read();

    private static readonly FrozenSet<string> Tables = TableNames.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Refused = Groups().SelectMany(g => g.Names.Split(' ', StringSplitOptions.RemoveEmptyEntries), (g, name) => (name, g.Reason))
        .ToFrozenDictionary(r => r.name, r => r.Reason, StringComparer.Ordinal);

    /// <summary>Whether Weir has taken a stand on the name, one way or the other.</summary>
    public static bool IsKnown(string name) => Names.Contains(name) || Tables.Contains(name) || Reason(name) != Unlisted;

    public static void CheckTable(string name)
    {
        var lower = Ascii.Lower(name);
        if (!Tables.Contains(lower)) throw Refusals.TableFunction(name, Reason(lower));
    }

    public static void Check(string name)
    {
        var lower = Ascii.Lower(name);
        if (!Names.Contains(lower)) throw Refusals.Function(name, Reason(lower));
    }

    private static string Reason(string name) =>
        Refused.TryGetValue(name, out var reason) ? reason
        : name.StartsWith("icu_collate_", StringComparison.Ordinal) || name.StartsWith("__internal_", StringComparison.Ordinal) ? Inner
        : name.StartsWith("read_", StringComparison.Ordinal) || name.StartsWith("parquet_", StringComparison.Ordinal) ? Reads
        : name.StartsWith("duckdb_", StringComparison.Ordinal) || name.StartsWith("pragma_", StringComparison.Ordinal) ? Engine
        : name.StartsWith("has_", StringComparison.Ordinal) || name.StartsWith("pg_", StringComparison.Ordinal) || name.StartsWith("inet_", StringComparison.Ordinal) ? Postgres
        : Unlisted;

    private static (string Reason, string Names)[] Groups() =>
    [
        (Reads, "glob sniff_csv seq_scan arrow_scan arrow_scan_dumb pandas_scan python_map_function"),
        (Dynamic, "query query_table json_execute_serialized_sql json_serialize_sql json_deserialize_sql json_serialize_plan histogram histogram_values"),
        (Engine, "getenv getvariable current_setting current_query which_secret pg_get_viewdef summary"),
        (Changes, "checkpoint force_checkpoint enable_logging disable_logging enable_profiling disable_profiling truncate_duckdb_logs check_peg_parser enable_peg_parser disable_peg_parser nextval currval setseed write_log"),
        (Waits, "sleep_ms pg_sleep"),
        (Postgres, "obj_description col_description shobj_description format_pg_type format_type map_to_pg_oid"),
        (Inner, "sql_auto_complete test_all_types test_vector_types combine finalize stats vector_type create_sort_key icu_sort_key remap_struct variant_bytes_to_variant variant_normalize variant_to_parquet_variant timetz_byte_comparable parse_duckdb_log_message make_type in_search_path get_block_size can_cast_implicitly constant_or_null current_connection_id current_query_id current_transaction_id txid_current st_setcrs st_crs is_histogram_other_bin"),
    ];

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(Functions).Assembly.GetManifestResourceStream("functions.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Ascii.Lower).ToFrozenSet(StringComparer.Ordinal);
    }
}
