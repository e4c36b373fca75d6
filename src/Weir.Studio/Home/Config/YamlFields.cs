using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Weir.Studio.Home.Config;

/// <summary>One YAML mapping read field by field: what is unknown, missing or of another kind becomes a mistake with its path.</summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _members = [];
    private readonly YamlNode _node;
    private readonly string _path;
    private readonly Mistakes _mistakes;

    public YamlFields(YamlNode node, string path, Mistakes mistakes, params string[] allowed)
    {
        (_node, _path, _mistakes) = (node, path, mistakes);
        if (node is not YamlMappingNode map)
        {
            if (!IsNull(node)) mistakes.Add(path.Length == 0 ? "the file" : path, node, $"must be a mapping with: {string.Join(", ", allowed)}");
            return;
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!allowed.Contains(name)) mistakes.Add(At(name), key, $"is not known here; allowed: {string.Join(", ", allowed)}");
            else if (!IsNull(value)) _members[name] = value;
        }
    }

    public string Required(string name)
    {
        if (_node is YamlMappingNode && !_members.ContainsKey(name)) _mistakes.Add(At(name), _node, "is missing");
        return Text(name) ?? "";
    }

    public string? Text(string name)
    {
        if (!_members.TryGetValue(name, out var node)) return null;
        if (node is YamlScalarNode { Value.Length: > 0 } scalar) return scalar.Value;
        _mistakes.Add(At(name), node, "must be a text");
        return null;
    }

    public T OneOf<T>(string name, T otherwise, IReadOnlyDictionary<string, T> allowed)
    {
        if (Text(name) is not { } text) return otherwise;
        if (allowed.TryGetValue(text, out var value)) return value;
        _mistakes.Add(At(name), _members[name], $"'{text}' is not allowed; allowed: {string.Join(", ", allowed.Keys)}");
        return otherwise;
    }

    public int Integer(string name, int otherwise, int from, int to)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to) return value;
        _mistakes.Add(At(name), _members[name], $"'{text}' is not allowed; allowed: a whole number from {from} to {to}");
        return otherwise;
    }

    public T? Parsed<T>(string name, Func<string, T?> parse, string allowed)
    {
        if (Text(name) is not { } text) return default;
        if (parse(text) is { } value) return value;
        _mistakes.Add(At(name), _members[name], $"'{text}' is not allowed; allowed: {allowed}");
        return default;
    }

    public IReadOnlyList<T> Each<T>(string name, Func<YamlNode, string, T> read)
    {
        if (!_members.TryGetValue(name, out var node)) return [];
        if (node is YamlSequenceNode list) return [.. list.Children.Select((child, i) => read(child, $"{At(name)}[{i}]"))];
        _mistakes.Add(At(name), node, "must be a list");
        return [];
    }

    /// <summary>A text or a list of texts; none when absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!_members.TryGetValue(name, out var node)) return [];
        if (node is YamlScalarNode { Value.Length: > 0 } one) return [one.Value];
        if (node is YamlSequenceNode list && list.Children.All(c => c is YamlScalarNode { Value.Length: > 0 })) return [.. list.Children.Select(c => ((YamlScalarNode)c).Value!)];
        _mistakes.Add(At(name), node, "must be a text or a list of texts");
        return [];
    }

    /// <summary>Adds a mistake about a field, or about the mapping where the field is missing.</summary>
    public void Wrong(string name, string what) => _mistakes.Add(At(name), _members.GetValueOrDefault(name) ?? _node, what);

    public T? One<T>(string name, Func<YamlNode, string, T> read) where T : class =>
        _members.TryGetValue(name, out var node) ? read(node, At(name)) : null;

    private string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };
}
