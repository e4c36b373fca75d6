using System.Collections;
using Weir.Models.Artifacts;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary><c>config.materialized:table</c>, <c>config.meta.owner.team:x</c>: a setting, defaults included; of a list, any member.</summary>
internal static class SettingMatcher
{
    public static bool Matches(Node node, IReadOnlyList<string> path, string value)
    {
        object? found = ManifestConfig.Of(node);
        foreach (var part in path)
        {
            if (found is not IReadOnlyDictionary<string, object?> map || !map.TryGetValue(part, out found))
                return false;
        }

        var comparison = path is ["severity"] ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return found is IEnumerable many and not string and not IReadOnlyDictionary<string, object?>
            ? many.Cast<object?>().Any(item => Same(item, value, comparison))
            : Same(found, value, comparison);
    }

    private static bool Same(object? found, string value, StringComparison comparison) => found switch
    {
        bool flag => bool.TryParse(value, out var wanted) && wanted == flag,
        string text => text.Equals(value, comparison),
        _ => false,
    };
}
