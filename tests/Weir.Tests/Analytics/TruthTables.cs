using System.Globalization;
using Weir.DuckDb;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Analytics;

/// <summary>The published tables of a project, to hold against what was computed without them.</summary>
internal sealed class TruthTables : IDisposable
{
    private readonly DuckDBConnection warehouse;

    public TruthTables(TemporaryProject project)
    {
        warehouse = new DuckDBConnection($"Data Source={project[".weir/local/warehouse.duckdb"]}");
        warehouse.Open();
        warehouse.Execute("SET TimeZone = 'UTC'");
    }

    public void Execute(string sql) => warehouse.Execute(sql);

    public List<string> Rows(string sql) => [.. warehouse.Query($"SELECT columns(*)::VARCHAR FROM ({sql})", r => string.Join(", ", Enumerable.Range(0, r.FieldCount).Select(i => r.IsDBNull(i) ? "-" : r.GetString(i)))).Order(StringComparer.Ordinal)];

    public void Equal(string sql, IEnumerable<string> expected)
    {
        var (actual, wanted) = (Rows(sql), expected.Order(StringComparer.Ordinal).ToList());
        string Difference() => $"{sql}\nonly there ({actual.Except(wanted).Count()}): {string.Join(" | ", actual.Except(wanted).Take(5))}\nonly in truth ({wanted.Except(actual).Count()}): {string.Join(" | ", wanted.Except(actual).Take(5))}";
        wanted.ShouldNotBeEmpty();
        actual.SequenceEqual(wanted).ShouldBeTrue(Difference());
    }

    /// <summary>The same where figures are doubles: a row is a text and figures, equal to a millionth part.</summary>
    /// <param name="text">An expression of the row's text.</param>
    public void Near(string from, string text, string figures, IEnumerable<(string Text, double[] Figures)> expected)
    {
        var actual = warehouse.Query($"SELECT {text}, [{figures}]::DOUBLE[]::VARCHAR FROM {from}", r => (Text: r.GetString(0), Figures: r.GetString(1).Trim('[', ']').Split(", ").Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray()))
            .OrderBy(row => row.Text, StringComparer.Ordinal).ToList();
        var wanted = expected.OrderBy(row => row.Text, StringComparer.Ordinal).ToList();
        wanted.ShouldNotBeEmpty();
        actual.Select(row => row.Text).ShouldBe(wanted.Select(row => row.Text));
        foreach (var (there, truth) in actual.Zip(wanted))
            there.Figures.Zip(truth.Figures).Count(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * Math.Max(1, Math.Abs(pair.Second))).ShouldBe(truth.Figures.Length, $"{there.Text}: {string.Join(", ", there.Figures)} there, {string.Join(", ", truth.Figures)} in truth");
    }

    public static string Text(params object?[] values) => string.Join(", ", values.Select(v => v switch
    {
        null => "-", bool b => b ? "true" : "false", decimal d => d.ToString("F4", CultureInfo.InvariantCulture), DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => Convert.ToString(v, CultureInfo.InvariantCulture),
    }));

    public void Dispose() => warehouse.Dispose();
}
