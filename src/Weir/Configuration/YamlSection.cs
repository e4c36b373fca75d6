using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Weir.Configuration;

/// <summary>
/// One mapping of a YAML file, read key by key. Mistakes are collected with path, line, value and what is allowed, so that a person sees all at once;
/// <see cref="RejectUnknown"/> reports the keys nobody asked for, with a suggestion.
/// </summary>
internal sealed class YamlSection(YamlMappingNode node, string path, List<string> mistakes)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>The mapping at the top of a file; an empty file is an empty mapping.</summary>
    public static YamlSection Load(string file, List<string> mistakes)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (YamlDotNet.Core.YamlException error)
        {
            mistakes.Add($"line {error.Start.Line}: not YAML: {error.InnerException?.Message ?? error.Message}");
            return new YamlSection([], "", mistakes);
        }
        if (stream.Documents.Count == 0) return new YamlSection([], "", mistakes);
        if (stream.Documents[0].RootNode is YamlMappingNode root) return new YamlSection(root, "", mistakes);
        mistakes.Add("line 1: the file must be a mapping of keys to values");
        return new YamlSection([], "", mistakes);
    }

    /// <summary>The keys in the file's order.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>Whether a key is there, whatever it holds.</summary>
    public bool Has(string key)
    {
        known.Add(key);
        return Child(key) is not null;
    }

    public string? Text(string key) => Scalar(key)?.Value;

    public string RequiredText(string key)
    {
        if (Text(key) is { Length: > 0 } value) return value;
        Mistake(node, key, "is required");
        return "";
    }

    public bool Boolean(string key, bool otherwise) => Convert(key, otherwise, "true or false", text => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    });

    /// <summary>A number of bytes: <c>128MB</c>, <c>10GB</c> (powers of 1000), <c>512MiB</c> (powers of 1024) or plain bytes.</summary>
    public long Bytes(string key, long otherwise) => Convert(key, otherwise, "a size such as 128MB, 10GB or 512MiB", Sizes.ParseBytes);

    /// <summary>A whole number that is not negative, <c>1000000</c> or <c>1_000_000</c>.</summary>
    public long Count(string key, long otherwise) => Convert(key, otherwise, "a whole number such as 1000 or 1_000_000",
        text => long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null);

    /// <summary>A length of time: <c>10s</c>, <c>5m</c>, <c>12h</c>, <c>30d</c>, <c>2y</c> (of 365 days) or <c>0</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise) => Convert(key, otherwise, "a length of time such as 10s, 5m, 12h, 30d, 2y or 0", Sizes.ParseDuration);

    public T Choice<T>(string key, T otherwise, IReadOnlyDictionary<string, T> choices) where T : struct =>
        Convert(key, otherwise, string.Join(", ", choices.Keys), text => choices.TryGetValue(text, out var value) ? value : null);

    public IReadOnlyList<string> Texts(string key)
    {
        known.Add(key);
        switch (Child(key))
        {
            case null: return [];
            case YamlScalarNode { Value: { Length: > 0 } one }: return [one];
            case YamlSequenceNode list when list.Children.All(c => c is YamlScalarNode): return [.. list.Children.Select(c => ((YamlScalarNode)c).Value ?? "")];
            case { } other: Mistake(other, key, "must be a list of texts"); return [];
        }
    }

    public YamlSection? Section(string key)
    {
        known.Add(key);
        switch (Child(key))
        {
            case null: return null;
            case YamlMappingNode mapping: return new YamlSection(mapping, Join(key), mistakes);
            case YamlScalarNode { Value: null or "" }: return null;
            case { } other: Mistake(other, key, "must be a mapping of keys to values"); return null;
        }
    }

    public IReadOnlyList<YamlSection> Sections(string key)
    {
        known.Add(key);
        if (Child(key) is not { } child) return [];
        if (child is not YamlSequenceNode list || list.Children.Any(c => c is not YamlMappingNode))
        {
            Mistake(child, key, "must be a list of mappings");
            return [];
        }
        return [.. list.Children.Select((c, i) => new YamlSection((YamlMappingNode)c, $"{Join(key)}[{i}]", mistakes))];
    }

    public void Mistake(string key, string what) => Mistake(Child(key) ?? node, key, what);

    public void RejectUnknown()
    {
        foreach (var (keyNode, _) in node.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (known.Contains(key)) continue;
            var near = Spelling.Nearest(key, known);
            Mistake(keyNode, key, $"is not a setting here; {(near is null ? $"allowed: {string.Join(", ", known.Order(StringComparer.Ordinal))}" : $"did you mean '{near}'?")}");
        }
    }

    private T Convert<T>(string key, T otherwise, string allowed, Func<string, T?> convert) where T : struct
    {
        if (Scalar(key)?.Value is not { } text) return otherwise;
        if (convert(text) is { } value) return value;
        Mistake(key, $"is '{text}', but must be {allowed}");
        return otherwise;
    }

    private YamlScalarNode? Scalar(string key)
    {
        known.Add(key);
        switch (Child(key))
        {
            case null: return null;
            case YamlScalarNode scalar: return scalar;
            case { } other: Mistake(other, key, "must be a single value"); return null;
        }
    }

    private YamlNode? Child(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void Mistake(YamlNode at, string key, string what) =>
        mistakes.Add($"line {at.Start.Line.ToString(CultureInfo.InvariantCulture)}: {Join(key)} {what}");
}
