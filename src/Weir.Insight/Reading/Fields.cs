using Weir.Insight.Definitions;
using Weir.Models;
using Weir.Models.Yaml;

namespace Weir.Insight.Reading;

/// <summary>One mapping of a schema file, read key by key; what is unknown, not supported or of another kind becomes a mistake with its line.</summary>
internal sealed class Fields
{
    private readonly YamlMap map;
    private readonly string kind;
    private readonly List<ModelProblem> mistakes;

    /// <param name="kind">What it is, for messages: <c>metric 'revenue'</c>.</param>
    /// <param name="used">Keys that may stand here.</param>
    /// <param name="refused">Keys of dbt's that Weir does not run.</param>
    public Fields(YamlMap map, string file, string kind, List<ModelProblem> mistakes, string[] used, params string[] refused)
    {
        (this.map, this.kind, this.mistakes, File) = (map, kind, mistakes, file);
        foreach (var entry in map.Entries)
        {
            if (refused.Contains(entry.Key))
            {
                if (entry.Value.ToObject() is not (null or false or System.Collections.ICollection { Count: 0 })) Refuse(entry.Key);
            }
            else if (!used.Contains(entry.Key))
            {
                var near = Spelling.Nearest(entry.Key, [.. used, .. refused]) is { } found ? $" Did you mean '{found}'?" : "";
                Add("WEIR7080", entry.Line, $"'{entry.Key}' is not a key of a {kind}.{near} Allowed: {string.Join(", ", used)}.");
            }
        }
    }

    public string File { get; }

    public Place At(string key) => new(File, map.Find(key)?.Line ?? map.Line);

    public Place Here => new(File, map.Line);

    public bool Has(string key) => map.Find(key) is { Value: not YamlScalar { Value: null } };

    public string Required(string key)
    {
        if (Text(key) is { } text) return text;
        if (!Has(key)) Add("WEIR7080", map.Line, $"this {kind} has no '{key}'.");
        return "";
    }

    public string? Text(string key)
    {
        if (!Has(key)) return null;
        if (map.Text(key) is { } text) return text;
        Wrong(key, "must be a text");
        return null;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (!Has(key)) return otherwise;
        if (map.Find(key)!.Value is YamlScalar { Value: bool flag }) return flag;
        Wrong(key, "must be true or false");
        return otherwise;
    }

    public double? Number(string key)
    {
        if (!Has(key)) return null;
        if (map.Find(key)!.Value is YamlScalar { Value: long or double } number) return Convert.ToDouble(number.Value, System.Globalization.CultureInfo.InvariantCulture);
        Wrong(key, "must be a number");
        return null;
    }

    /// <summary>One of some words; null when absent or another.</summary>
    public T? OneOf<T>(string key, IReadOnlyDictionary<string, T> allowed) where T : struct
    {
        if (Text(key) is not { } text) return null;
        if (allowed.TryGetValue(text.ToLowerInvariant(), out var value)) return value;
        Wrong(key, $"is '{text}'; allowed: {string.Join(", ", allowed.Keys)}");
        return null;
    }

    public Fields? Map(string key, string what, string[] used, params string[] refused)
    {
        if (!Has(key)) return null;
        if (map.Map(key) is { } inner) return new Fields(inner, File, what, mistakes, used, refused);
        Wrong(key, "must be a mapping");
        return null;
    }

    /// <summary>A mapping that may hold anything.</summary>
    public YamlMap? Any(string key)
    {
        if (Has(key) && map.Map(key) is null) Wrong(key, "must be a mapping");
        return map.Map(key);
    }

    public IEnumerable<YamlMap> Maps(string key)
    {
        if (!Has(key)) yield break;
        if (map.Find(key)!.Value is not YamlList list)
        {
            Wrong(key, "must be a list");
            yield break;
        }
        foreach (var item in list.Items)
        {
            if (item is YamlMap inner) yield return inner;
            else Add("WEIR7080", item.Line, $"an item of '{key}' is {item.Kind}, and must be a mapping: `- name: …`.");
        }
    }

    /// <summary>A text or a list of texts; none when absent.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!Has(key)) return [];
        if (map.Text(key) is { } one) return [one];
        if (map.Find(key)!.Value is YamlList list && list.Items.All(item => item is YamlScalar)) return [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)];
        Wrong(key, "must be a text or a list of texts");
        return [];
    }

    /// <summary>What stands under a key that may be a name alone or a mapping.</summary>
    public YamlValue? Value(string key) => Has(key) ? map.Find(key)!.Value : null;

    public void Wrong(string key, string what) => Add("WEIR7080", At(key).Line, $"'{key}' of a {kind} {what}.");

    /// <summary>Says that something is dbt's, and not Weir's.</summary>
    public void Refuse(string key, string? what = null) =>
        Add("WEIR7081", At(key).Line, $"{what ?? $"'{key}' of a {kind}"} is dbt's, but Weir does not compile it. docs/guides/metrics.md says what is supported.");

    public void Add(string code, int line, string message) => mistakes.Add(new ModelProblem(code, File, line, message));
}
