namespace Weir.Models.Project;

/// <summary>A setting and where it was made.</summary>
internal readonly record struct Setting(object? Value, string File, int Line)
{
    /// <summary>As it is written, its Jinja not run; null when it has none.</summary>
    public object? Raw { get; init; }
}

/// <summary>
/// The settings of one node. Later ones win (project, then schema.yml, then the file's own <c>config()</c>), except that
/// <c>tags</c> and hooks add up in the order project, file, schema.yml, and mappings such as <c>meta</c> merge by their top keys.
/// </summary>
internal sealed class NodeConfig
{
    private static readonly string[] Added = ["tags", "packages"];
    private static readonly string[] Merged = ["meta", "column_types", "contract", "docs", "quoting", "freshness", "snapshot_meta_column_names"];

    private readonly Dictionary<string, Setting> settings = [];
    private readonly Dictionary<string, object?> written = [];

    public IEnumerable<KeyValuePair<string, Setting>> All => settings;

    /// <summary>Each setting as it was last written, not added up with what was set before: dbt's <c>unrendered_config</c>.</summary>
    public IReadOnlyDictionary<string, object?> Written => written;

    public Setting? Find(string key) => settings.TryGetValue(key, out var found) && found.Value is not null ? found : null;

    /// <summary>Whether the setting was made at all, if only to nothing (<c>freshness: null</c>).</summary>
    public bool Has(string key) => settings.ContainsKey(key);

    public void Set(string key, Setting setting)
    {
        if (key is "pre_hook" or "post_hook")
            key = key.Replace('_', '-');
        written[key] = setting.Raw ?? setting.Value;
        if (key is "pre-hook" or "post-hook")
            setting = setting with { Value = Items(key).Concat(AsList(setting.Value)).ToList() };
        else if (Added.Contains(key))
            setting = setting with { Value = Texts(key).Concat(AsTexts(setting.Value)).Distinct().Cast<object?>().ToList() };
        else if (Merged.Contains(key) && setting.Value is IReadOnlyDictionary<string, object?> added && Find(key)?.Value is IReadOnlyDictionary<string, object?> known)
            setting = setting with { Value = Merge(known, added) };
        settings[key] = setting;
    }

    public IReadOnlyList<string> Tags => Texts("tags");

    public IReadOnlyDictionary<string, object?> Meta => Find("meta")?.Value as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();

    public string? Text(string key) => Find(key) is { } found ? AsText(found.Value) : null;

    /// <summary>One text or a list of texts, as a list.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) is { } found ? AsTexts(found.Value) : [];

    /// <summary>A list of values, or one value as a list.</summary>
    public IReadOnlyList<object?> Items(string key) => AsList(Find(key)?.Value);

    /// <summary>A boolean; text rendered from Jinja (<c>True</c>) counts, as in dbt.</summary>
    public bool? Flag(string key, Problems problems)
    {
        if (Find(key) is not { } found)
            return null;
        switch (found.Value)
        {
            case bool flag:
                return flag;
            case string text when bool.TryParse(text, out var parsed):
                return parsed;
            default:
                problems.Add("WEIR7005", found.File, found.Line, $"'{key}' is {AsText(found.Value)}, and must be true or false.");
                return null;
        }
    }

    public static string AsText(object? value) => value switch
    {
        null => "",
        true => "True",
        false => "False",
        DateOnly date => date.ToString("yyyy-MM-dd"),
        double real => real.ToString("R"),
        _ => value.ToString() ?? "",
    };

    private static IReadOnlyList<object?> AsList(object? value) => value switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        _ => [value],
    };

    private static IReadOnlyList<string> AsTexts(object? value) => value switch
    {
        null => [],
        string text => [text],
        System.Collections.IEnumerable many => [.. many.Cast<object?>().Select(AsText)],
        _ => [AsText(value)],
    };

    private static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> first, IReadOnlyDictionary<string, object?> second)
    {
        var merged = new Dictionary<string, object?>(first);
        foreach (var (key, value) in second)
            merged[key] = value;
        return merged;
    }
}
