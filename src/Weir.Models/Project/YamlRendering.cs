using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Renders the Jinja in a YAML value, reporting what is wrong with it.</summary>
internal static class YamlRendering
{
    public static object? Render(YamlValue value, string file, Scope scope, Problems problems)
    {
        try
        {
            return Plain.Render(value, file, scope);
        }
        catch (JinjaException wrong)
        {
            problems.Add(Refuse.CodeOf(wrong, "WEIR7006"), file, wrong.Line == 0 ? value.Line : wrong.Line, TemplateAdvice.Tell(wrong));
            return null;
        }
    }
}
