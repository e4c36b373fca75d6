using System.Text.Json;
using Weir.DuckDb;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>A statement a project wants run before or after a node.</summary>
/// <param name="Sql">Its template.</param>
/// <param name="Setting">Where it was written.</param>
/// <param name="InTransaction">False for one that must run alone: before the node's transaction, or after it.</param>
internal sealed record Hook(string Sql, Setting Setting, bool InTransaction = true);

/// <summary>Hooks of nodes (<c>pre_hook</c>, <c>post_hook</c>) add up: the project's first, then the model's.</summary>
internal static class Hooks
{
    public const string Pre = "pre-hook";

    public const string Post = "post-hook";

    public static IEnumerable<Hook> Of(Node node, string which) =>
        node.Config.Find(which) is { } setting ? All(setting.Value).Select(hook => new Hook(hook.Sql, setting, hook.InTransaction)) : [];

    /// <param name="sql">The rendered template; a hook that renders to nothing does nothing.</param>
    /// <exception cref="WeirException">WEIR7074: DuckDB refused it.</exception>
    public static void Run(Hook hook, string sql, Warehouse warehouse)
    {
        if (sql.Trim().Length == 0)
            return;
        try
        {
            warehouse.Execute(sql);
        }
        catch (DuckDBException wrong)
        {
            var place = hook.Setting.Line > 0 ? $"{hook.Setting.File}:{hook.Setting.Line}" : hook.Setting.File;
            throw new WeirException("WEIR7074", $"the hook of {place} failed: {wrong.Message}\n  it ran as: {sql.Trim()}\n  Correct the hook, or remove it.", wrong);
        }
    }

    /// <summary>One text, a mapping with <c>sql</c>, or a list of these.</summary>
    public static IEnumerable<string> Texts(object? value) => All(value).Select(hook => hook.Sql);

    private static IEnumerable<(string Sql, bool InTransaction)> All(object? value) => value switch
    {
        null => [],
        string text => [OfText(text)],
        IReadOnlyDictionary<string, object?> map => [(NodeConfig.AsText(map.GetValueOrDefault("sql")), map.GetValueOrDefault("transaction") is not false)],
        System.Collections.IEnumerable many => many.Cast<object?>().SelectMany(All),
        _ => [(NodeConfig.AsText(value), true)],
    };

    /// <summary>dbt's <c>before_begin()</c> and <c>after_commit()</c> write a mapping as JSON.</summary>
    private static (string Sql, bool InTransaction) OfText(string text)
    {
        if (!text.StartsWith("{\"", StringComparison.Ordinal))
            return (text, true);
        var map = JsonDocument.Parse(text).RootElement;
        return (map.GetProperty("sql").GetString() ?? "", map.GetProperty("transaction").GetBoolean());
    }
}
