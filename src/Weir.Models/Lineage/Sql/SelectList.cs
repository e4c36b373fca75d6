using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>The columns of a select list: stars and COLUMNS(…) expanded, each with what it is computed from.</summary>
internal sealed class SelectList(Expressions expressions)
{
    /// <param name="scope">Gets the aliases, for what stands behind them.</param>
    public Shape Read(JsonElement node, NameScope scope)
    {
        var columns = new List<Column>();
        var rests = new List<Func<string, Origins>>();
        foreach (var item in node.Parts("select_list"))
        {
            if (item.Text("class") == "STAR" && !item.Flag("columns"))
            {
                AddStar(item, scope, columns, rests);
                continue;
            }

            if (StarColumns.Find(item) is { } star)
            {
                AddEach(item, star, scope, columns, rests);
                continue;
            }

            var origins = expressions.Read(item, scope);
            var name = ColumnNames.Of(item);
            columns.Add(new Column(name, origins));
            if (item.Text("alias") is { Length: > 0 } alias)
                scope.Aliases.TryAdd(alias, origins);
            if (item.Text("class") == "FUNCTION" && item.Text("function_name") == "unnest")
                rests.Add(_ => origins); // of a struct, it gives a column for each field
        }

        return new Shape(columns, Origins.None, rests.Count switch { 0 => null, 1 => rests[0], _ => name => Origins.Unknown($"{name} is of one of several stars whose columns are not known") });
    }

    private void AddStar(JsonElement star, NameScope scope, List<Column> columns, List<Func<string, Origins>> rests)
    {
        if (StarColumns.Source(star, scope) is not { } source)
        {
            // a struct: a column for each field
            var fields = scope.Resolve([star.Text("relation_name")]).Derived();
            rests.Add(_ => fields);
            return;
        }

        var left = StarColumns.Kept(star, source);
        foreach (var column in left)
        {
            var replaced = star.Parts("replace_list").Where(pair => column.Is(pair.Text("key"))).Select(pair => expressions.Read(pair.GetProperty("value"), scope)).FirstOrDefault();
            var renamed = star.Parts("rename_list").Where(pair => column.Is(pair.GetProperty("key").Text("column"))).Select(pair => pair.Text("value")).FirstOrDefault();
            columns.Add(new Column(renamed ?? column.Name, replaced ?? column.Origins));
        }

        if (source.Rest is not { } rest)
            return;
        if (star.Parts("replace_list").Any() || star.Parts("rename_list").Any())
            rests.Add(_ => Origins.Unknown("a star with REPLACE or RENAME stands for columns that are not known"));
        else
            rests.Add(rest);
    }

    /// <summary>An expression with COLUMNS(…) is one for each column it stands for.</summary>
    private void AddEach(JsonElement item, JsonElement star, NameScope scope, List<Column> columns, List<Func<string, Origins>> rests)
    {
        if (StarColumns.Source(star, scope) is not { Rest: null } source || StarColumns.Chosen(item, star, source) is not { } chosen)
        {
            rests.Add(_ => Origins.Unknown("COLUMNS(…) stands for columns that are not known"));
            return;
        }

        foreach (var column in chosen)
        {
            var each = new NameScope(scope, scope.Ctes) { Current = column };
            var origins = StarColumns.IsPattern(item) || item.Text("class") == "STAR" ? column.Origins : expressions.Read(item, each);
            scope.Influence(each.Influences);
            columns.Add(new Column(item.Text("alias") is { Length: > 0 } alias ? alias : column.Name, origins));
        }
    }
}
