using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>dbt's own macros, parsed once per process. A name that only has implementations (<c>duckdb__x</c>, <c>default__x</c>) gets a macro <c>x</c> that dispatches.</summary>
internal static class BuiltInMacros
{
    /// <summary>The generic tests as dbt has them, word for word.</summary>
    public const string Tests = "dbt-tests.sql";

    private static readonly string[] Files = [Tests, "tests.sql", "functions.sql", "queries.sql"];

    public static MacroSet Set { get; } = Read();

    private static MacroSet Read()
    {
        var set = new MacroSet();
        foreach (var file in Files) set.Add(Template.Parse(Text(file), "dbt/" + file));

        var plain = set.Own.Select(macro => macro.Name.Split("__", 2)).Where(parts => parts is ["duckdb" or "default", _]).Select(parts => parts[1])
            .Where(name => set.FindOwn(name) is null).Distinct().ToList();
        set.Add(Template.Parse(string.Concat(plain.Select(Dispatcher)), "dbt/dispatch.sql"));
        return set;
    }

    /// <summary>A file of macros that is built in.</summary>
    public static string Text(string file)
    {
        using var reader = new StreamReader(typeof(BuiltInMacros).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static string Dispatcher(string name) => $"{{% macro {name}() %}}{{{{ return(adapter.dispatch('{name}', 'dbt')(*varargs, **kwargs)) }}}}{{% endmacro %}}\n";
}
