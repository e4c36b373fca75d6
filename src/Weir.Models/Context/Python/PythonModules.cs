using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>dbt's <c>modules</c>: of Python's modules there are <c>datetime</c>, <c>pytz</c> and <c>re</c>; the rest is refused where it is used.</summary>
internal sealed class PythonModules(TimeProvider clock) : IJinjaObject
{
    public string TypeName => "modules";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "datetime" => new DateTimeModule(clock),
            "pytz" => new Module("pytz", new() { ["utc"] = "UTC", ["timezone"] = new Function("timezone", arguments => arguments.GetText(0, "zone")) }),
            "re" => RegexModule.Module,
            _ => new RefusedName("modules." + name),
        };
        return true;
    }
}

/// <summary>A module: names and what they stand for; another name is refused.</summary>
internal sealed class Module(string name, Dictionary<string, object?> members) : IJinjaObject
{
    public string TypeName => name;

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = members.TryGetValue(attribute, out var found) ? found : new RefusedName($"modules.{name}.{attribute}");
        return true;
    }
}
