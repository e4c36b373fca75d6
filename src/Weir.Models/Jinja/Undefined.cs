namespace Weir.Models.Jinja;

/// <summary>
/// What a missing name, attribute or item gives: prints as nothing, is false, iterates as empty, and raises when it is used for anything else.
/// </summary>
internal sealed class Undefined(string reason, JinjaErrorKind kind = JinjaErrorKind.Undefined)
{
    /// <summary>What is missing, in the words of the error it raises.</summary>
    public string Reason { get; } = reason;

    public static Undefined Name(string name) => new($"{Repr.Of(name)} is undefined");

    public static Undefined Member(object? of, object? key) => new(key is string name
        ? $"{Repr.Of(TypeNames.Described(of))} has no attribute {Repr.Of(name)}"
        : $"{TypeNames.Described(of)} has no element {Repr.Of(key)}");

    public static Undefined Unsafe(object? of, string name) =>
        new($"access to attribute {Repr.Of(name)} of {Repr.Of(TypeNames.Of(of))} object is unsafe.", JinjaErrorKind.Security);

    public JinjaException Fail() => new(kind, Reason);

    public override string ToString() => "";

    /// <summary>All undefined values are equal to each other and to nothing else.</summary>
    public override bool Equals(object? obj) => obj is Undefined;

    public override int GetHashCode() => 0;
}
