namespace Weir.Models.Jinja;

/// <summary>
/// Ends the macro that is running and makes <paramref name="value"/>, a native value, the result of its call. Not an error: a host offers it to templates by a
/// function that throws it, for example <see cref="Function"/>.
/// </summary>
internal sealed class MacroReturn(object? value) : Exception("return() was called outside a macro")
{
    public object? Value { get; } = Native.From(value);

    /// <summary>The function <c>return(value)</c>.</summary>
    public static Function Function { get; } = new("return", arguments => throw new MacroReturn(arguments.Get(0, "data")));
}
