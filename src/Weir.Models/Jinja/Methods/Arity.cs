namespace Weir.Models.Jinja;

/// <summary>How many arguments the methods of built-in types take; a name means the same number in every type that has it.</summary>
internal static class Arity
{
    private static readonly Dictionary<string, int> Most = new()
    {
        ["append"] = 1, ["extend"] = 1, ["insert"] = 2, ["remove"] = 1, ["pop"] = 2, ["clear"] = 0, ["reverse"] = 0, ["copy"] = 0,
        ["keys"] = 0, ["values"] = 0, ["items"] = 0, ["get"] = 2, ["setdefault"] = 2, ["popitem"] = 0, ["fromkeys"] = 2,
        ["upper"] = 0, ["lower"] = 0, ["casefold"] = 0, ["title"] = 0, ["capitalize"] = 0, ["swapcase"] = 0,
        ["strip"] = 1, ["lstrip"] = 1, ["rstrip"] = 1, ["center"] = 2, ["ljust"] = 2, ["rjust"] = 2, ["zfill"] = 1,
        ["split"] = 2, ["rsplit"] = 2, ["splitlines"] = 1, ["replace"] = 3, ["join"] = 1, ["partition"] = 1, ["rpartition"] = 1,
        ["removeprefix"] = 1, ["removesuffix"] = 1, ["startswith"] = 3, ["endswith"] = 3, ["find"] = 3, ["rfind"] = 3, ["rindex"] = 3,
        ["isalpha"] = 0, ["isdigit"] = 0, ["isalnum"] = 0, ["isspace"] = 0, ["isupper"] = 0, ["islower"] = 0,
    };

    /// <summary>The arguments, unless there are too many.</summary>
    public static Arguments Check(string method, Arguments arguments) => !Most.TryGetValue(method, out var most) || arguments.Count <= most
        ? arguments
        : throw new JinjaException(JinjaErrorKind.Type, $"{method}() takes at most {most} argument(s) ({arguments.Count} given)");
}
