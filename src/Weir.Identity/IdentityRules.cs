using System.Text.Json;
using Weir.Sources;

namespace Weir.Identity;

/// <summary>Which columns of the lake are ids of customers, and what is made of them.</summary>
/// <param name="Strong">Kinds of ids that unite, from the one that names a customer before all others.</param>
/// <param name="Weak">Kinds of ids that never unite anybody: those of browsers and devices.</param>
/// <param name="Evidence">Where they stand.</param>
/// <param name="Junk">Values that are no ids, in lower case.</param>
/// <param name="MostPartners">A strong id that was seen with more other ids, and a weak one with more customers, is refused.</param>
/// <param name="SuspectSize">A customer with more strong ids is suspect.</param>
public sealed record IdentityRules(
    IReadOnlyList<string> Strong, IReadOnlyList<string> Weak, IReadOnlyList<EvidenceRule> Evidence, IReadOnlyList<string> Junk, int MostPartners = 20, int SuspectSize = 10)
{
    /// <summary>The project's folder of rules and splits.</summary>
    public const string Folder = "identity";

    /// <summary>The kind whose values with an <c>@</c> are kept as keyed hashes only.</summary>
    public const string Email = "email";

    /// <summary>The kinds that unite where the project says nothing else.</summary>
    public static IReadOnlyList<string> DefaultStrong { get; } = ["user", "customer", "crm", Email];

    /// <summary>The kinds that do not.</summary>
    public static IReadOnlyList<string> DefaultWeak { get; } = ["anonymous", "device"];

    /// <summary>What stands where an id should, and is none.</summary>
    public static IReadOnlyList<string> DefaultJunk { get; } =
        ["0", "-1", "null", "none", "nil", "nan", "n/a", "na", "undefined", "unknown", "anonymous", "guest", "test", "true", "false", "[object object]", "***", "00000000-0000-0000-0000-000000000000"];

    // `customer_id` is the user's id, as an erasure takes it.
    private static readonly Dictionary<string, string> KindsByColumn = new(StringComparer.Ordinal)
    {
        ["user_id"] = "user", ["customer_id"] = "user", ["contact_id"] = "crm", ["crm_id"] = "crm", ["email"] = Email, ["anonymous_id"] = "anonymous", ["device_id"] = "device",
    };

    /// <summary>The rules of a project that has none: by the names of columns, of events and of every entity that has one of them.</summary>
    public static IdentityRules Default(IReadOnlyList<SourceDefinition> sources) => new(DefaultStrong, DefaultWeak, DefaultEvidence(sources), DefaultJunk);

    /// <summary>The evidence of such a project.</summary>
    public static IReadOnlyList<EvidenceRule> DefaultEvidence(IReadOnlyList<SourceDefinition> sources) =>
    [
        new EvidenceRule("events", [new("user", "user_id"), new("anonymous", "anonymous_id"), new("device", "device_id")], "event_time"),
        .. from source in sources
           where source.Entity is not null
           let ids = source.Fields.Where(f => KindsByColumn.ContainsKey(f.Name)).Select(f => new IdColumn(KindsByColumn[f.Name], $"\"{f.Name}\"")).ToList()
           where ids.Exists(i => DefaultStrong.Contains(i.Kind))
           select new EvidenceRule(source.Entity!, ids),
    ];

    /// <summary>What everything was resolved by; other rules resolve everything anew.</summary>
    internal string ToText() => JsonSerializer.Serialize(this with { SuspectSize = 0 });
}

/// <summary>Where ids stand beside each other.</summary>
/// <param name="Table">The table of the lake: <c>events</c>, or an entity.</param>
/// <param name="Ids">The ids; a kind may stand in several columns.</param>
/// <param name="At">When they were seen together: a column or expression.</param>
/// <param name="History">Of an entity: every version it ever had, not the latest of each key only.</param>
public sealed record EvidenceRule(string Table, IReadOnlyList<IdColumn> Ids, string At = "received_at", bool History = false)
{
    /// <summary>The view of schema <c>lake</c>.</summary>
    internal string View => History ? $"{Table}_history" : Table;
}

/// <summary>A column that holds ids.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Sql">The column, or an expression in DuckDB's SQL over the table's columns.</param>
public sealed record IdColumn(string Kind, string Sql);
