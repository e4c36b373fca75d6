using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Tells a person about an error in a template that was found while its node ran.</summary>
internal static class JinjaErrorText
{
    public static string Of(JinjaException wrong, Node node)
    {
        var place = wrong.File is null ? node.File : $"{wrong.File}:{wrong.Line}";
        var through = wrong.Trace.Count == 0 ? "" : $"\n  called through {string.Join(", ", wrong.Trace.Select(call => $"{call.Macro} ({call.File}:{call.Line})"))} from {node.File}";
        var hint = wrong.Kind == JinjaErrorKind.Undefined ? " Look for a misspelt name; macros live in macros/." : "";
        return $"{place}: {Refuse.CodeOf(wrong, "WEIR7020")} {wrong.Message}{(wrong.Message.EndsWith('.') ? "" : ".")}{hint}{through}";
    }
}
