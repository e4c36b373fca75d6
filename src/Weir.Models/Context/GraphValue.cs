using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>dbt's <c>graph</c>: what a template may know of the whole project; made when it is first looked at. Empty while the project is only read.</summary>
internal sealed class GraphValue(Func<LoadedProject>? project) : IJinjaObject
{
    private readonly Lazy<Dictionary<string, object?>> parts = new(() => Parts(project?.Invoke()));

    public string TypeName => "dict";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "get" ? new Function(name, arguments => parts.Value.GetValueOrDefault(arguments.GetText(0, "key")) ?? arguments.Get(1, "default")) : null;
        return value is not null || TryGetItem(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && parts.Value.TryGetValue(name, out value);
    }

    private static Dictionary<string, object?> Parts(LoadedProject? loaded)
    {
        object? Of(Func<Node, bool> which) => Native.From((loaded?.Graph.Nodes.Where(which) ?? []).ToDictionary(node => node.UniqueId, node => (object?)NodeScope.Describe(node)));
        return new()
        {
            ["nodes"] = Of(node => !node.IsSource && node.Exposure is null && !node.IsUnitTest),
            ["sources"] = Of(node => node.IsSource),
            ["exposures"] = Of(node => node.Exposure is not null),
            ["groups"] = Native.From((loaded?.Groups ?? []).ToDictionary(group => $"group.{group.Package}.{group.Name}", group => (object?)new Dictionary<string, object?> { ["name"] = group.Name, ["owner"] = group.Owner })),
            ["metrics"] = Native.From(new Dictionary<string, object?>()),
        };
    }
}
