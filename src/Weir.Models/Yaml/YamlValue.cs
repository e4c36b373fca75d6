namespace Weir.Models.Yaml;

/// <summary>A value read from YAML that knows its line, so that a mistake in it can be shown where it stands.</summary>
/// <param name="Line">The line in its file, from 1.</param>
public abstract record YamlValue(int Line)
{
    /// <summary>The value as Jinja and config see it: null, bool, long, double, DateOnly, string, List, Dictionary.</summary>
    public abstract object? ToObject();

    /// <summary>What it is, in words: <c>a list</c>, <c>a number</c>, <c>text</c>.</summary>
    public virtual string Kind => ToObject() switch
    {
        null => "nothing",
        bool => "a boolean",
        long or double => "a number",
        _ => "text",
    };
}

/// <summary>A single value.</summary>
/// <param name="Line">The line in its file.</param>
/// <param name="Value">What it means: null, bool, long, double, DateOnly or string.</param>
/// <param name="Text">As it is written.</param>
public sealed record YamlScalar(int Line, object? Value, string Text) : YamlValue(Line)
{
    /// <inheritdoc/>
    public override object? ToObject() => Value;
}

/// <summary>A list.</summary>
/// <param name="Line">The line in its file.</param>
/// <param name="Items">Its items.</param>
public sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a list";

    /// <inheritdoc/>
    public override object? ToObject() => Items.Select(item => item.ToObject()).ToList();
}

/// <summary>An entry of a mapping.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Line">The line of the name.</param>
/// <param name="Value">Its value.</param>
public sealed record YamlEntry(string Key, int Line, YamlValue Value);

/// <summary>A mapping.</summary>
/// <param name="Line">The line in its file.</param>
/// <param name="Entries">Its entries, in their order.</param>
public sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line)
{
    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The entry of a name; null when absent.</summary>
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The mapping under a name; null when absent or something else.</summary>
    public YamlMap? Map(string key) => Find(key)?.Value as YamlMap;

    /// <summary>The items under a name; none when absent or something else.</summary>
    public IReadOnlyList<YamlValue> List(string key) => Find(key)?.Value is YamlList list ? list.Items : [];

    /// <summary>The text of a scalar, as it was written; null when absent, empty or not a scalar.</summary>
    public string? Text(string key) => Find(key)?.Value is YamlScalar { Value: not null } scalar ? scalar.Text : null;

    /// <inheritdoc/>
    public override object? ToObject()
    {
        var result = new Dictionary<string, object?>();
        foreach (var entry in Entries)
            result[entry.Key] = entry.Value.ToObject();
        return result;
    }
}
