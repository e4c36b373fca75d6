using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>The schema and the name a node gets: dbt's rule, or the project's own <c>generate_schema_name</c> and <c>generate_alias_name</c>.</summary>
internal sealed class NameMacros(Scope scope, MacroSet root, ModelTarget target, Problems problems)
{
    public string Schema(Node node, string? custom) =>
        Call("generate_schema_name", custom, node) ?? (custom is null ? target.Schema : $"{target.Schema}_{custom.Trim()}");

    public string Alias(Node node, string? custom) => Call("generate_alias_name", custom, node) ?? custom?.Trim() ?? node.Name;

    private string? Call(string name, string? custom, Node node)
    {
        if (root.FindOwn(name) is not { } macro)
            return null;
        try
        {
            var own = new Scope(scope).Set("execute", false).Set("model", NodeScope.Describe(node));
            var arguments = new Arguments([custom, Native.From(NodeScope.Describe(node))], new Dictionary<string, object?>());
            return macro.Bind(own).Call(arguments)?.ToString()?.Trim() ?? "";
        }
        catch (JinjaException wrong)
        {
            problems.Add(Refuse.CodeOf(wrong, "WEIR7006"), wrong.File ?? node.File, wrong.Line, $"{name} for {node.UniqueId}: {TemplateAdvice.Tell(wrong)}");
            return "";
        }
    }
}
