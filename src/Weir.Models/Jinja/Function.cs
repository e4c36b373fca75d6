namespace Weir.Models.Jinja;

/// <summary>A C# function a template can call. It may return any native value; numbers, lists and dictionaries of .NET are converted.</summary>
internal sealed class Function(string name, Func<Arguments, object?> body) : IJinjaCallable
{
    public object? Call(Arguments arguments) => Native.From(body(arguments));

    public override string ToString() => $"<function {name}>";
}
