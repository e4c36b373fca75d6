using Weir.DuckDb;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>A statement a project wants run before or after a node.</summary>
/// <param name="Sql">Its template.</param>
/// <param name="Setting">Where it was written.</param>
internal sealed record Hook(string Sql, Setting Setting);

/// <summary>Hooks of nodes (<c>pre_hook</c>, <c>post_hook</c>) add up: the project's first, then the model's.</summary>
internal static class Hooks
{
    public const string Pre = "pre-hook";

    public const string Post = "post-hook";

    public static IEnumerable<Hook> Of(Node node, string which) =>
        node.Config.Find(which) is { } setting ? Texts(setting.Value).Select(sql => new Hook(sql, setting)) : [];

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
    public static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IReadOnlyDictionary<string, object?> map => map.TryGetValue("sql", out var sql) ? Texts(sql) : [],
        System.Collections.IEnumerable many => many.Cast<object?>().SelectMany(Texts),
        _ => [NodeConfig.AsText(value)],
    };
}
