using System.Text.RegularExpressions;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Tells a person about an error in a template that was found while its node ran: its place, the line, and what to do.</summary>
internal static partial class JinjaErrorText
{
    /// <summary>What people look for in a model; the rest of dbt's names are seldom misspelt.</summary>
    private static readonly string[] Names = ["ref", "source", "config", "var", "env_var", "this", "target", "is_incremental", "log", "return", "run_query", "adapter", "exceptions", "execute", "dbt"];

    public static string Of(JinjaException wrong, Node node, LoadedProject project)
    {
        var place = wrong.File is null ? node.File : $"{wrong.File}:{wrong.Line}";
        var message = TemplateAdvice.Tell(wrong);
        var through = wrong.Trace.Count == 0 ? "" : $"\n  called through {string.Join(", ", wrong.Trace.Select(call => $"{call.Macro} ({call.File}:{call.Line})"))} from {node.File}";
        var hint = wrong.Kind == JinjaErrorKind.Undefined ? " " + OfUndefined(wrong.Message, node, project) : "";
        var line = wrong.File is null ? "" : SourceLine.Of(project.Folder, wrong.File, wrong.Line);
        return $"{place}: {Refuse.CodeOf(wrong, "WEIR7020")} {message}{(message.EndsWith('.') ? "" : ".")}{hint}{line}{through}";
    }

    private static string OfUndefined(string message, Node node, LoadedProject project)
    {
        if (Undefined().Match(message) is not { Success: true } match)
            return "Look for a misspelt name.";
        var name = match.Groups["name"].Value;
        if (project.Graph.Nodes.Any(other => other.IsReferable && other.Name == name) || name is "table" or "view" or "incremental" or "ephemeral")
            return $"If the word itself is meant, put it in quotes: '{name}'.";
        if (Suggest.Near(name, Names.Concat(project.Macros.All.Select(macro => macro.Macro.Name))) is { Length: > 0 } near)
            return near.TrimStart();
        return Regex.IsMatch(node.RawCode, $@"\b{Regex.Escape(name)}\.\w")
            ? $"If '{name}' is a package, name it in packages.yml and have it in dbt_packages/{name} (`dbt deps` fetches it)."
            : "Look for a misspelt name; macros live in macros/.";
    }

    [GeneratedRegex(@"^'(?<name>\w+)' is undefined")]
    private static partial Regex Undefined();
}
