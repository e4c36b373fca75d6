using System.Text.Json;
using Weir.DuckDb;

namespace Weir.Models.Lineage.Sql;

/// <summary>Reads the columns of one SELECT, given as text.</summary>
/// <param name="parser">DuckDB, which parses the text and need know no table of it.</param>
internal sealed class SqlReader(DuckDBConnection parser, Queries queries)
{
    private const int MaxDepth = 2_000;

    /// <returns>What it gives; a shape with a reason and no columns when the text cannot be followed.</returns>
    public Shape Read(string sql)
    {
        try
        {
            using var tree = JsonDocument.Parse(parser.Scalar<string>("select json_serialize_sql(?::varchar)", sql)!, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = tree.RootElement;
            if (root.Flag("error"))
                return Shape.Unknown(root.Text("error_type") == "not implemented" ? "DuckDB gives the parse tree of a SELECT only (a PIVOT without IN is several statements)" : root.Text("error_message"));
            return root.Parts("statements").ToList() switch
            {
                [var only] => queries.Read(only.GetProperty("node"), Queries.Top),
                var several => Shape.Unknown($"it is {several.Count} statements"),
            };
        }
        catch (Exception error) when (error is JsonException or InsufficientExecutionStackException)
        {
            return Shape.Unknown("it is nested too deeply");
        }
    }
}
