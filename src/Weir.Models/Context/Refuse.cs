using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>Mistakes found by a function a template called: the engine adds the place, the inner exception carries the code.</summary>
internal static class Refuse
{
    public static JinjaException With(string code, string message) => new(JinjaErrorKind.Raised, message, new WeirException(code, message));

    public static string CodeOf(JinjaException wrong, string otherwise) => wrong.InnerException is WeirException weir ? weir.Code : otherwise;
}

/// <summary>A name of dbt's context that Weir does not offer yet: it may be mentioned nowhere, and says so where it is used.</summary>
internal sealed class RefusedName(string name) : IJinjaObject, IJinjaCallable
{
    public string TypeName => name;

    public bool TryGetAttribute(string attribute, out object? value) => throw Wrong($"{name}.{attribute}");

    public object? Call(Arguments arguments) => throw Wrong(name + "()");

    public override string ToString() => throw Wrong(name);

    private static JinjaException Wrong(string what) =>
        Refuse.With("WEIR7004", $"'{what}' is dbt's, but Weir does not run it yet. See docs/guides/models.md for the names a model may use.");
}
