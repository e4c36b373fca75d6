using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>dbt's <c>context</c>: the names a template sees, as a mapping (<c>context['my_macro']</c>, <c>context.get('x')</c>).</summary>
internal sealed class ContextValue(Scope scope) : IJinjaObject
{
    public string TypeName => "dict";

    public bool TryGetAttribute(string name, out object? value)
    {
        if (name == "get")
        {
            value = new Function(name, arguments => scope.TryGet(arguments.GetText(0, "key"), out var found) ? found : arguments.Get(1, "default"));
            return true;
        }

        return scope.TryGet(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && scope.TryGet(name, out value);
    }
}
