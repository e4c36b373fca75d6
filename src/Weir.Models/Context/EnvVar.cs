using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>env_var('NAME', default)</c>.</summary>
internal static class EnvVar
{
    public static Function Function { get; } = new("env_var", Read);

    private static string? Read(Arguments arguments)
    {
        var name = arguments.GetText(0, "var");
        return CallerVariables.Get(name)
            ?? (arguments.TryGet(1, "default", out var standard)
                ? standard?.ToString()
                : throw Refuse.With("WEIR7016", $"the environment variable '{name}' is not set. Set it, or write env_var('{name}', '<default>')."));
    }
}
