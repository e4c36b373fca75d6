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
    public static string Hash(string name, string test, string model, IReadOnlyDictionary<string, object?> arguments)
    {
        var kwargs = new Dictionary<string, object?>(arguments) { ["model"] = $"{{{{ get_where_subquery({model}) }}}}" };
        var metadata = "{'kwargs': " + Python.Repr(Texts(kwargs))
            + $", 'name': {Python.Repr(test)}, 'namespace': 'None'}}";
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name + metadata)))[^10..];
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
