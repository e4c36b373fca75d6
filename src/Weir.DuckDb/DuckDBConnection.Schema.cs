using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Weir.DuckDb;

public sealed partial class DuckDBConnection
{
    private static readonly string[] Collections = ["schemata", "tables", "columns", "views"];

    /// <summary>The tables and views.</summary>
    public override DataTable GetSchema() => GetSchema("tables");

    /// <summary>A view of SQL's <c>information_schema</c>: schemata, tables, columns or views.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "the caller gets it")]
    public override DataTable GetSchema(string collectionName)
    {
        var view = Collections.FirstOrDefault(c => string.Equals(c, collectionName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no schema collection {collectionName}. There are: {string.Join(", ", Collections)}.", nameof(collectionName));
        using var reader = this.Query($"from information_schema.{view}");
        var table = new DataTable(view);
        table.Load(reader);
        return table;
    }
}
