using System.Collections;

namespace Weir.Models.Jinja;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give: a live view.</summary>
internal sealed class DictView(JinjaDict dict, string kind) : IReadOnlyCollection<object?>
{
    public string Kind { get; } = kind;

    public int Count => dict.Count;

    public IEnumerator<object?> GetEnumerator() => (Kind switch
    {
        "dict_keys" => dict.Keys,
        "dict_values" => dict.Values,
        _ => dict.Select(item => (object?)new JinjaTuple(item.Key, item.Value)),
    }).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
