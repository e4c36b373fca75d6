using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Models.Audit;

/// <summary>
/// How dbt names a generic test: <c>unique_orders_id</c>, and in its unique id the end of an MD5 over name and arguments, so that two tests of one
/// name do not collide.
/// </summary>
internal static partial class TestNames
{
    /// <summary>The settings that dbt takes out of a test's entry, in its order.</summary>
    private static readonly string[] ConfigKeys =
        ["severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures", "store_failures_as", "meta", "database", "schema", "alias"];

    /// <param name="test">The test's name.</param>
    /// <param name="on">The model's name, or <c>source_table</c>.</param>
    /// <param name="isSource">Whether a source's table is tested.</param>
    /// <param name="arguments">All arguments but <c>model</c>, the column included; plain values.</param>
    public static string Name(string test, string on, bool isSource, IReadOnlyDictionary<string, object?> arguments)
    {
        var flat = new List<string>();
        foreach (var (_, value) in arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            switch (value)
            {
                case IReadOnlyDictionary<string, object?> map:
                    flat.AddRange(map.Values.Select(Python.Str));
                    break;
                case IReadOnlyList<object?> list:
                    flat.AddRange(list.Select(Python.Str));
                    break;
                default:
                    flat.Add(Python.Str(value));
                    break;
            }
        }

        var clean = string.Join("__", flat.Select(text => NotWord().Replace(text, "_")));
        return (isSource ? "source_" : "") + $"{test}_{on}_{clean}";
    }

    /// <summary>The last ten characters that dbt puts behind the name in a unique id.</summary>
    public static string Hash(string name, GenericTest test, IReadOnlyDictionary<string, object?> arguments)
    {
        var metadata = "{'kwargs': " + Python.Repr(Texts(Keywords(test, arguments)))
            + $", 'name': {Python.Repr(test.Macro)}, 'namespace': {Python.Repr(test.Namespace ?? "None")}}}";
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name + metadata)))[^10..];
    }

    /// <summary>The arguments as dbt keeps them: the tested relation is one.</summary>
    public static Dictionary<string, object?> Keywords(GenericTest test, IReadOnlyDictionary<string, object?> arguments) =>
        new(arguments) { ["model"] = $"{{{{ get_where_subquery({test.Reference}) }}}}" };

    /// <summary>The call of <c>config()</c> that dbt puts behind a test's own: what is written at the test itself.</summary>
    public static string ConfigCall(GenericTest test)
    {
        var given = test.Config.ToDictionary(entry => entry.Key.TrimStart('+'), entry => entry.Value.ToObject());
        var settings = ConfigKeys.Where(key => given.GetValueOrDefault(key) is not null).Select(key =>
            $"{key}={(given[key] is string text ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Python.Repr(given[key]))}").ToList();
        return settings.Count == 0 ? "" : $"{{{{ config({string.Join(',', settings)}) }}}}";
    }

    /// <summary>The name of its file and of its table of failures: at most 63 characters.</summary>
    /// <param name="identifier">The test and what it is on, without arguments.</param>
    public static string Alias(string name, string identifier, bool isSource)
    {
        var whole = (isSource ? "source_" : "") + identifier;
        return name.Length < 64 ? name : $"{whole[..Math.Min(30, whole.Length)]}_{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name)))}";
    }

    /// <summary>As dbt prepares it for the hash: keys sorted, every value as text, lists and mappings kept.</summary>
    private static object? Texts(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Texts(pair.Value)),
        IReadOnlyList<object?> list => list.Select(Texts).ToList(),
        _ => Python.Str(value),
    };

    [GeneratedRegex("[^0-9a-zA-Z_]+")]
    private static partial Regex NotWord();
}
