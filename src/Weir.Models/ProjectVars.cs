using Weir.Models.Yaml;

namespace Weir.Models;

/// <summary>The value of <c>--vars</c>: a YAML or JSON mapping, <c>{day: 2024-01-31, limit: 10}</c>.</summary>
public static class ProjectVars
{
    /// <exception cref="WeirException">WEIR7034: it is no mapping.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string text) =>
        YamlText.Read(text, out var why)?.ToObject() as IReadOnlyDictionary<string, object?>
        ?? throw new WeirException("WEIR7034", $"--vars is '{text}', which is not a mapping of names to values: {why} Write for example --vars 'day: 2024-01-31' or --vars '{{day: 2024-01-31, limit: 10}}'.");
}
