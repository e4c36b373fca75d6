namespace Weir.Models.Yaml;

/// <summary>A value read from YAML that knows its line, so that a mistake in it can be shown where it stands.</summary>
internal abstract record YamlValue(int Line)
{
    /// <summary>The value as Jinja and config see it: null, bool, long, double, DateOnly, string, List, Dictionary.</summary>
    public abstract object? ToObject();

    public virtual string Kind => ToObject() switch
    {
        null => "nothing",
        bool => "a boolean",
        long or double => "a number",
        _ => "text",
    };
}

internal sealed record YamlScalar(int Line, object? Value, string Text) : YamlValue(Line)
{
    public override object? ToObject() => Value;
}

internal sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line)
{
    public override string Kind => "a list";

    public override object? ToObject() => Items.Select(item => item.ToObject()).ToList();
}

internal sealed record YamlEntry(string Key, int Line, YamlValue Value);

internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line)
{
    public override string Kind => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    public YamlMap? Map(string key) => Find(key)?.Value as YamlMap;

    public IReadOnlyList<YamlValue> List(string key) => Find(key)?.Value is YamlList list ? list.Items : [];

    /// <summary>The text of a scalar, as it was written; null when absent, empty or not a scalar.</summary>
    public string? Text(string key) => Find(key)?.Value is YamlScalar { Value: not null } scalar ? scalar.Text : null;

    public override object? ToObject()
    {
        var result = new Dictionary<string, object?>();
        foreach (var entry in Entries)
            result[entry.Key] = entry.Value.ToObject();
        return result;
    }
}
