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
        var kwargs = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["model"] = $"{{{{ get_where_subquery({model}) }}}}" };
        foreach (var (key, value) in arguments)
            kwargs[key] = Python.Str(value);
        var metadata = "{'kwargs': {" + string.Join(", ", kwargs.Select(pair => $"{Python.Repr(pair.Key)}: {Python.Repr(pair.Value)}"))
            + $"}}, 'name': {Python.Repr(test)}, 'namespace': 'None'}}";
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name + metadata)))[^10..];
    }

    [GeneratedRegex("[^0-9a-zA-Z_]+")]
    private static partial Regex NotWord();
}
