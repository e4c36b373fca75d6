using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>The names every template of a project can use, whatever node it belongs to.</summary>
internal static class ProjectScope
{
    /// <summary>Names of dbt's context that are refused where they are used.</summary>
    private static readonly string[] NotYet =
    [
        "graph", "adapter", "api", "run_query", "statement", "load_result", "store_result", "store_raw_result", "dbt", "results", "schemas", "selected_resources", "invocation_args_dict",
        "fromyaml", "toyaml", "set_strict", "zip_strict", "dbt_metadata_envs", "run_started_at", "doc", "metric", "get_where_subquery", "snapshot_hash_arguments", "generate_schema_name", "generate_alias_name",
    ];

    public static Scope Create(ModelTarget target, string projectName, bool fullRefresh, Action<string> log)
    {
        var scope = new Scope();
        foreach (var name in NotYet)
            scope.Set(name, new RefusedName(name));
        scope.Set("target", target.ToDictionary())
            .Set("database", target.Database)
            .Set("schema", target.Schema)
            .Set("project_name", projectName)
            .Set("flags", new Dictionary<string, object?> { ["FULL_REFRESH"] = fullRefresh, ["STORE_FAILURES"] = false, ["WHICH"] = "build" })
            .Set("invocation_id", Guid.NewGuid().ToString())
            .Set("dbt_version", "1.11.0")
            .Set("thread_id", "Thread-1")
            .Set("modules", new PythonModules())
            .Set("return", MacroReturn.Function)
            .Set("env_var", EnvVar.Function)
            .Set("exceptions", Exceptions(log))
            .Set("log", arguments => { log(Text(arguments)); return ""; })
            .Set("print", arguments => { log(Text(arguments)); return ""; })
            .Set("local_md5", arguments => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(arguments.GetText(0, "value")))))
            .Set("tojson", arguments => JsonSerializer.Serialize(Plain.From(arguments.Require(0, "value"))))
            .Set("fromjson", arguments => JsonSerializer.Deserialize<JsonElement>(arguments.GetText(0, "string")))
            .Set("set", arguments => Plain.From(arguments.Require(0, "value")) is List<object?> list ? list.Distinct().ToList() : arguments.Get(1, "default"))
            .Set("zip", arguments => Zip([.. arguments.Positional.Select(Plain.From).OfType<List<object?>>()]));
        return scope;
    }

    private static string Text(Arguments arguments) => arguments.Require(0, "msg")?.ToString() ?? "None";

    private static List<object?> Zip(List<object?>[] lists) =>
        [.. Enumerable.Range(0, lists.Length == 0 ? 0 : lists.Min(list => list.Count)).Select(i => (object?)new JinjaTuple([.. lists.Select(list => Native.From(list[i]))]))];

    private static Dictionary<string, object?> Exceptions(Action<string> log) => new()
    {
        ["raise_compiler_error"] = (Func<Arguments, object?>)(arguments => throw Refuse.With("WEIR7006", arguments.Require(0, "msg")?.ToString() ?? "")),
        ["warn"] = (Func<Arguments, object?>)(arguments => { log(arguments.Require(0, "msg")?.ToString() ?? ""); return ""; }),
    };
}
