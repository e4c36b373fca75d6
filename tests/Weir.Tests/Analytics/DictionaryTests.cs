using System.Text;
using Weir.Models;
using Weir.Models.Project;
using static Weir.Tests.Analytics.ShopBench;

namespace Weir.Tests.Analytics;

/// <summary>The data dictionary of the shop and its diagram are made from the schema files, and the schema files say what is there.</summary>
public class DictionaryTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "shop-tables.md");

    [Fact]
    public async Task Every_column_of_every_table_is_described_and_nothing_else_is()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 10:00:00", "v", "u-1"));

        var there = shop.Rows("select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal").ToHashSet();
        var described = Project().Nodes.Where(n => n.ResourceType is "model" or "seed").SelectMany(n => n.Columns.Select(c => $"{n.Name}, {c.Name}")).ToList();
        there.Except(described).ShouldBeEmpty();
        described.Except(there).ShouldBeEmpty();
        Project().Nodes.Where(n => n.ResourceType is "model" or "seed").ShouldAllBe(n => n.Description.Length > 0 && n.Columns.All(c => c.Description.Length > 0));
    }

    /// <summary>With WEIR_WRITE_DOCS=1 the page is written.</summary>
    [Fact]
    public void The_page_of_tables_is_what_the_schema_files_say()
    {
        var page = Write();
        if (Environment.GetEnvironmentVariable("WEIR_WRITE_DOCS") == "1") File.WriteAllText(Page, page);
        File.ReadAllText(Page).ReplaceLineEndings("\n").ShouldBe(page, "WEIR_WRITE_DOCS=1 writes it anew");
    }

    private static ModelProject Project() => ModelProject.Load(Path.Combine(Repository.Root, "samples", "shop"));

    private static string Write()
    {
        var project = Project();
        var tests = project.Loaded.Graph.Nodes.Where(n => n.GenericTest is { Test: "relationships" }).Select(n => n.GenericTest!).Select(t => (t.Table, Column: t.ColumnName!, To: Argument(t, "to").Split('\'')[1], Field: Argument(t, "field")))
            .OrderBy(t => t.Table, StringComparer.Ordinal).ThenBy(t => t.Column, StringComparer.Ordinal).ToList();
        var text = new StringBuilder("# The tables of the sample shop\n\nMade from the schema files of `samples/shop`; a test holds it. What the figures mean: [definitions](definitions.md).\n\nLines are tested: each value on the left exists on the right.\n\n```mermaid\nerDiagram\n");
        foreach (var (table, column, to, field) in tests) text.Append("    ").Append(to).Append(" ||--o{ ").Append(table).Append(" : \"").Append(column == field ? column : $"{column} = {field}").Append("\"\n");
        text.Append("```\n");
        foreach (var folder in new[] { "core", "marts", "identity", "staging", "seeds" })
        {
            text.Append("\n## ").Append(folder).Append('\n');
            foreach (var node in project.Nodes.Where(n => n.ResourceType is "model" or "seed" && (n.ResourceType == "seed" ? "seeds" : n.Fqn[1]) == folder).OrderBy(n => n.Name, StringComparer.Ordinal))
            {
                text.Append("\n### ").Append(node.Name).Append('\n').Append(node.Description).Append(" (").Append(node.Materialized).Append(")\n\n| column | |\n|---|---|\n");
                foreach (var column in node.Columns) text.Append("| `").Append(column.Name).Append("` | ").Append(column.Description.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }
        return text.ToString();
    }

    private static string Argument(Weir.Models.Audit.GenericTest test, string name) => NodeConfig.AsText(test.Arguments.Single(a => a.Key == name).Value.ToObject());
}
