using System.Text.RegularExpressions;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>modules.re</c>: Python's regular expressions, as far as .NET's mean the same.</summary>
internal static class RegexModule
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static Module Module { get; } = new("re", new()
    {
        ["IGNORECASE"] = (long)RegexOptions.IgnoreCase,
        ["I"] = (long)RegexOptions.IgnoreCase,
        ["MULTILINE"] = (long)RegexOptions.Multiline,
        ["M"] = (long)RegexOptions.Multiline,
        ["DOTALL"] = (long)RegexOptions.Singleline,
        ["S"] = (long)RegexOptions.Singleline,
        ["match"] = new Function("match", arguments => Found(arguments, "^(?:", ")")),
        ["fullmatch"] = new Function("fullmatch", arguments => Found(arguments, @"^(?:", @")\z")),
        ["search"] = new Function("search", arguments => Found(arguments, "", "")),
        ["findall"] = new Function("findall", arguments => Of(arguments, 2).Matches(arguments.GetText(1, "string")).Select(All).ToList()),
        ["split"] = new Function("split", arguments => Of(arguments, 3).Split(arguments.GetText(1, "string")).Cast<object?>().ToList()),
        ["sub"] = new Function("sub", Replace),
        ["escape"] = new Function("escape", arguments => Regex.Escape(arguments.GetText(0, "pattern"))),
        ["compile"] = new Function("compile", arguments => new Compiled(arguments.GetText(0, "pattern"), arguments.Get(1, "flags", 0L))),
    });

    private static string Replace(Arguments arguments)
    {
        var replacement = Regex.Replace(arguments.GetText(1, "repl").Replace("$", "$$", StringComparison.Ordinal), @"\\(\d+)|\\g<(\w+)>", match => $"${{{match.Groups[1].Value}{match.Groups[2].Value}}}");
        var most = arguments.GetInt(3, "count", 0);
        return Of(arguments, 4).Replace(arguments.GetText(2, "string"), replacement, most == 0 ? -1 : most);
    }

    private static Found? Found(Arguments arguments, string before, string after)
    {
        var match = new Regex(before + Python(arguments.GetText(0, "pattern")) + after, Options(arguments, 2), Longest).Match(arguments.GetText(1, "string"));
        return match.Success ? new Found(match) : null;
    }

    private static object? All(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => new JinjaTuple([.. match.Groups.Values.Skip(1).Select(group => (object?)group.Value)]),
    };

    private static Regex Of(Arguments arguments, int flags)
    {
        try
        {
            return new Regex(Python(arguments.GetText(0, "pattern")), Options(arguments, flags), Longest);
        }
        catch (RegexParseException wrong)
        {
            throw new JinjaException(JinjaErrorKind.Value, $"the regular expression '{arguments.GetText(0, "pattern")}' is wrong: {wrong.Message}");
        }
    }

    private static RegexOptions Options(Arguments arguments, int place) => (RegexOptions)arguments.GetInt(place, "flags", 0);

    private static string Python(string pattern) => pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);

    /// <summary>What <c>re.compile</c> gives: the same functions without the pattern.</summary>
    private sealed class Compiled(string pattern, object? flags) : IJinjaObject
    {
        public string TypeName => "re.Pattern";

        public bool TryGetAttribute(string name, out object? value)
        {
            value = Module.TryGetAttribute(name, out var function) && function is IJinjaCallable callable
                ? new Function(name, arguments => callable.Call(new Arguments([pattern, .. arguments.Positional], new Dictionary<string, object?>(arguments.Named) { ["flags"] = flags })))
                : null;
            return value is not null;
        }
    }
}

/// <summary>A match of a regular expression.</summary>
internal sealed class Found(Match match) : IJinjaObject
{
    public string TypeName => "re.Match";

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "group" => new Function(name, arguments => Group(arguments.Get(0, "group", 0L))),
            "groups" => new Function(name, _ => new JinjaTuple([.. match.Groups.Values.Skip(1).Select(group => group.Success ? (object?)group.Value : null)])),
            "start" => new Function(name, _ => (long)match.Index),
            "end" => new Function(name, _ => (long)(match.Index + match.Length)),
            _ => null,
        };
        return value is not null;
    }

    private string? Group(object? key)
    {
        var group = key is string named ? match.Groups[named] : match.Groups[Numbers.ToIndex(key)];
        return group.Success ? group.Value : null;
    }
}
