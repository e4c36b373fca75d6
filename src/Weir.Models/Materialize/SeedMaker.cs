using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>Loads a seed's CSV into a new table aside.</summary>
internal sealed class SeedMaker(Warehouse warehouse, string folder)
{
    public async Task<Made> MakeAsync(Node node, bool empty, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(Path.Combine(folder, node.File));
        var delimiter = node.Config.Text("delimiter") ?? ",";
        if (delimiter.Length != 1)
            throw new WeirException("WEIR7023", $"the delimiter is '{delimiter}', and must be one character.");
        var records = SeedCsv.Read(await File.ReadAllTextAsync(path, cancellation), delimiter[0]);
        if (records.Count == 0)
            throw new WeirException("WEIR7023", "the file is empty: its first line must name the columns.");
        var header = records[0].Fields.Select(name => name.TrimStart('\uFEFF')).ToList();
        if (header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new WeirException("WEIR7023", $"line 1 names the column '{twice.Key}' {twice.Count()} times. Rename one of them.");
        var rows = records.Skip(1).ToList();
        if (rows.Find(row => row.Fields.Count != header.Count) is { Fields: not null } wrong)
            throw new WeirException("WEIR7023", $"line {wrong.Line} has {wrong.Fields.Count} fields, and the header names {header.Count} columns. Quote values that hold the delimiter.{SourceLine.Of(folder, node.File, wrong.Line)}");

        var declared = node.Config.Find("column_types")?.Value as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        foreach (var name in declared.Keys.Where(name => !header.Contains(name, StringComparer.OrdinalIgnoreCase)))
            throw new WeirException("WEIR7023", $"column_types names '{name}', which is no column of the file.{Suggest.Near(name, header)}");
        var types = header.Select((name, at) => declared.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { } type
            ? NodeConfig.AsText(type)
            : SeedTypes.Infer(rows.Select(row => row.Fields[at]))).ToList();

        var columns = string.Join(", ", header.Zip(types, (name, type) => $"{RelationValue.Quoted(name)} {type}"));
        await warehouse.ExecuteAsync($"create table {warehouse.Aside(node)} ({columns})", cancellation);
        try
        {
            if (rows.Count > 0 && !empty)
                await warehouse.ExecuteAsync($"copy {warehouse.Aside(node)} from {Literal(path)} (format csv, header true, delimiter {Literal(delimiter)}, quote '\"', escape '\"', nullstr '', auto_detect false)", cancellation);
        }
        catch (DuckDBException refused)
        {
            throw new WeirException("WEIR7023", $"it cannot be loaded: {refused.Message}\n  Correct the value, or give the column another type: `seeds: {{{node.Fqn[0]}: {{{node.Name}: {{+column_types: {{column: varchar}}}}}}}}` in dbt_project.yml.", refused);
        }

        return new Made(empty ? 0 : rows.Count);
    }

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
