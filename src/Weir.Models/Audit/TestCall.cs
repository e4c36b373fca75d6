using System.Text.RegularExpressions;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Project;
using Weir.Models.Yaml;

namespace Weir.Models.Audit;

/// <summary>Turns a generic test into SQL by calling its macro with the tested relation and the arguments of schema.yml.</summary>
internal static partial class TestCall
{
    /// <param name="scope">The test's scope: its <c>ref</c> and <c>source</c> answer with relations.</param>
    /// <param name="where">Only rows for which this SQL holds are tested; null for all.</param>
    /// <param name="rows">SQL that stands for the tested relation; null for the relation itself.</param>
    public static string Render(GenericTest test, string file, Scope scope, string? where, string? rows = null)
    {
        var definition = Find(test, scope) ?? throw Refuse.With("WEIR7015", $"there is no test of that name.{Suggest.Near(test.Test, ["unique", "not_null", "accepted_values", "relationships"])}"
            + " There are unique, not_null, accepted_values, relationships, the project's own {% test %} blocks in macros/ and tests/generic/, and those of packages (package.test).");
        var macro = definition.Bind(scope);
        var parameters = definition.Parameters.Where(parameter => parameter.Default is null).Select(parameter => parameter.Name).ToList();
        var named = new Dictionary<string, object?> { ["model"] = Tested(test, scope, where, rows) };
        if (test.ColumnName is not null)
            named["column_name"] = test.ColumnName;
        foreach (var argument in test.Arguments)
            named[argument.Key] = Native.From(Value(argument.Value, file, scope));
        foreach (var needed in parameters.Where(needed => needed != "column_name" && !named.ContainsKey(needed)))
            throw Refuse.With("WEIR7015", $"the argument '{needed}' is missing: `{test.Test}: {{arguments: {{{needed}: …}}}}`.");
        if (!named.ContainsKey("column_name") && parameters.Contains("column_name"))
            throw Refuse.With("WEIR7015", "it tests a column: put it under one, or give `arguments: {column_name: …}`.");
        return macro.Call(new Arguments([], named))?.ToString() ?? "";
    }

    /// <summary>Notes the relation that is tested, as rendering does.</summary>
    public static void Note(GenericTest test, ILinks links) => _ = test.Source is null ? links.Ref(null, test.Table) : links.Source(test.Source, test.Table);

    private static MacroDefinition? Find(GenericTest test, Scope scope)
    {
        for (var level = scope; level is not null; level = level.Parent)
        {
            var set = test.Namespace is { } package ? level.Macros?.Spaces.GetValueOrDefault(package) : level.Macros;
            if (set?.Find("test_" + test.Macro) is { } found)
                return found;
        }

        return null;
    }

    private static object? Tested(GenericTest test, Scope scope, string? where, string? rows)
    {
        var relation = test.Source is null ? Call(scope, "ref", test.Table) : Call(scope, "source", test.Source, test.Table);
        return where is null ? rows ?? relation : $"(select * from {rows ?? relation} where {where}) dbt_subquery";
    }

    /// <summary>Text that looks like a call is one, as in dbt: <c>to: ref('orders')</c>.</summary>
    private static object? Value(YamlValue value, string file, Scope scope) => value switch
    {
        YamlScalar { Value: string text } when LooksLikeCall().IsMatch(text) => Template.Parse("{{ " + text + " }}", file, value.Line).RenderNative(scope),
        YamlScalar => Native.From(Plain.Render(value, file, scope)),
        YamlList list => list.Items.Select(item => Value(item, file, scope)).ToList(),
        YamlMap map => map.Entries.ToDictionary(entry => entry.Key, entry => Value(entry.Value, file, scope)),
        _ => null,
    };

    private static object? Call(Scope scope, string name, params object?[] arguments) =>
        scope.TryGet(name, out var function) ? ((IJinjaCallable)function!).Call(Arguments.Of(arguments)) : null;

    [GeneratedRegex(@"^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$")]
    private static partial Regex LooksLikeCall();
}
