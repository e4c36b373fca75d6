using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>The names every template of a project can use, whatever node it belongs to.</summary>
internal static class ProjectScope
{
    /// <summary>Names of dbt's context that are refused where they are used.</summary>
    private static readonly string[] NotRun = ["metric", "submit_python_job", "write", "render", "store_raw_result", "try_or_compiler_error", "validation", "pre_hooks", "post_hooks", "sql"];

    public static Scope Create(ModelTarget target, Package root, Invocation invocation, MacroLibrary macros, WarehouseQueries? warehouse, Func<LoadedProject>? project)
    {
        var scope = new Scope();
        foreach (var name in NotRun)
            scope.Set(name, new RefusedName(name));
        scope.Set("target", target.ToDictionary())
            .Set("database", target.Database)
            .Set("schema", target.Schema)
            .Set("project_name", root.Name)
            .Set("flags", invocation.Flags())
            .Set("invocation_id", invocation.Id)
            .Set("run_started_at", new PythonTime(invocation.Started, IsDate: false))
            .Set("invocation_args_dict", invocation.Arguments())
            .Set("dbt_version", DbtVersion.Text)
            .Set("dbt_metadata_envs", new Dictionary<string, object?>())
            .Set("selected_resources", invocation.Selected)
            .Set("thread_id", "Thread-1")
            .Set("modules", new PythonModules(invocation.Clock))
            .Set("return", MacroReturn.Function)
            .Set("env_var", EnvVar.Function)
            .Set("exceptions", new ExceptionsValue(invocation))
            .Set("log", arguments => Print(invocation, arguments, arguments.GetBool(1, "info", false)))
            .Set("print", arguments => Print(invocation, arguments, shown: true))
            .Set("graph", new GraphValue(project))
            .Set("context", new ContextValue(scope))
            .Set("api", new Module("api", new() { ["Relation"] = RelationValue.Class, ["Column"] = ColumnValue.Class }))
            .Set("adapter", new AdapterValue(scope, macros, root, warehouse));
        DataFunctions.Offer(scope);
        scope.Macros = macros.Root;
        return scope;
    }

    /// <summary>The scope of a package's templates: its own macros come first.</summary>
    public static Scope Of(Scope project, Package package, MacroLibrary macros) => package.IsRoot ? project : new Scope(project) { Macros = macros.Of(package.Name) };

    /// <summary>As in dbt, <c>log()</c> without <c>info=true</c> tells nobody: it is for the log file, which Weir has not.</summary>
    private static string Print(Invocation invocation, Arguments arguments, bool shown)
    {
        var text = arguments.Require(0, "msg")?.ToString() ?? "None";
        if (shown)
            invocation.Print(text);
        return "";
    }
}
