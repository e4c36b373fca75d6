namespace Weir.Models.Jinja;

/// <summary>A method of a built-in type, with its object.</summary>
internal sealed class BoundMethod(object? self, string name, Func<object?, Arguments, object?> body) : IJinjaCallable
{
    public object? Call(Arguments arguments) => body(self, arguments);

    public override string ToString() => $"<built-in method {name} of {TypeNames.Of(self)} object>";
}
