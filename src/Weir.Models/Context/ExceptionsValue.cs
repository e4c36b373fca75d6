using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>dbt's <c>exceptions</c>.</summary>
internal sealed class ExceptionsValue(Invocation invocation) : IJinjaObject
{
    public string TypeName => "exceptions";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "warn" => new Function(name, Warn),
            "raise_compiler_error" or "raise_not_implemented" or "raise_parsing_error" or "raise_dependency_error" =>
                new Function(name, arguments => throw Refuse.With("WEIR7006", arguments.Require(0, "msg")?.ToString() ?? "")),
            _ => new RefusedName("exceptions." + name),
        };
        return true;
    }

    private string Warn(Arguments arguments)
    {
        var text = arguments.Require(0, "msg")?.ToString() ?? "";
        if (invocation.WarnError)
            throw Refuse.With("WEIR7006", $"{text} (a warning, and warnings are errors in this run)");
        invocation.Warn(text);
        return "";
    }
}
