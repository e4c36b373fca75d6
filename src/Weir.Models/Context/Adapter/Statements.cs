using Weir.DuckDb;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>statement</c>, <c>load_result</c> and <c>store_result</c> of one node.</summary>
internal sealed class Statements(WarehouseQueries? warehouse)
{
    private readonly Dictionary<string, object?> results = [];

    public void Offer(Scope scope) => scope
        .Set("statement", Statement)
        .Set("load_result", arguments => results.GetValueOrDefault(arguments.GetText(0, "name")))
        .Set("store_result", arguments =>
        {
            results[arguments.GetText(0, "name")] = Result(arguments.Get(1, "response") ?? "OK", arguments.Get(2, "agate_table") as QueryTable);
            return "";
        });

    private string Statement(Arguments arguments)
    {
        if (warehouse is null || arguments.Named.GetValueOrDefault("caller") is not IJinjaCallable body)
            return "";
        var sql = body.Call(Arguments.None)?.ToString() ?? "";
        try
        {
            var table = warehouse.Run(sql);
            if (arguments.Get(0, "name") is string name)
                results[name] = Result("OK", arguments.GetBool(1, "fetch_result", false) ? table : new QueryTable([], [], []));
            return "";
        }
        catch (DuckDBException wrong)
        {
            throw Refuse.With("WEIR7042", $"the statement of the template failed: {wrong.Message}\n  it was: {sql.Trim()}");
        }
    }

    private static JinjaDict Result(object response, QueryTable? table) => new(
    [
        KeyValuePair.Create((object?)"response", (object?)response),
        KeyValuePair.Create((object?)"data", (object?)(table?.Rows.Select(row => (object?)new JinjaTuple([.. row.Values])).ToList() ?? [])),
        KeyValuePair.Create((object?)"table", (object?)table),
    ]);
}
