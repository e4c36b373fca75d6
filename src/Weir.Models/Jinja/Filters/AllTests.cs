namespace Weir.Models.Jinja;

/// <summary>A test: the value before <c>is</c>, and its arguments.</summary>
internal delegate bool Test(object? value, Arguments arguments);

/// <summary>Every test by name.</summary>
internal static class AllTests
{
    private static readonly Dictionary<string, Test> Tests = new()
    {
        ["defined"] = (value, _) => value is not Undefined,
        ["undefined"] = (value, _) => value is Undefined,
        ["none"] = (value, _) => value is null,
        ["boolean"] = (value, _) => value is bool,
        ["true"] = (value, _) => value is true,
        ["false"] = (value, _) => value is false,
        ["integer"] = (value, _) => Numbers.IsInteger(value) && value is not bool,
        ["float"] = (value, _) => value is double,
        ["number"] = (value, _) => Numbers.IsNumber(value),
        ["string"] = (value, _) => value is string,
        ["mapping"] = (value, _) => value is JinjaDict,
        ["sequence"] = (value, _) => value is string or JinjaDict or Undefined or byte[] or IReadOnlyList<object?>,
        ["iterable"] = (value, _) => Sequences.TryIterate(value) is not null,
        ["callable"] = (value, _) => value is IJinjaCallable or Undefined,
        ["odd"] = (value, _) => Equality.Same(Arithmetic.Modulo(value, 2L), 1L),
        ["even"] = (value, _) => Equality.Same(Arithmetic.Modulo(value, 2L), 0L),
        ["divisibleby"] = (value, arguments) => Equality.Same(Arithmetic.Modulo(value, arguments.Require(0, "num")), 0L),
        ["lower"] = (value, _) => LetterCase.IsLower(Str.Of(value)),
        ["upper"] = (value, _) => LetterCase.IsUpper(Str.Of(value)),
        ["escaped"] = (_, _) => false,
        ["sameas"] = (value, arguments) => IsSame(value, arguments.Require(0, "other")),
        ["filter"] = (value, _) => value is string name && AllFilters.Knows(name),
        ["test"] = (value, _) => value is string name && Knows(name),
        ["in"] = (value, arguments) => Sequences.Contains(arguments.Require(0, "seq"), value),
        ["=="] = Compare("=="),
        ["eq"] = Compare("=="),
        ["equalto"] = Compare("=="),
        ["!="] = Compare("!="),
        ["ne"] = Compare("!="),
        [">"] = Compare(">"),
        ["gt"] = Compare(">"),
        ["greaterthan"] = Compare(">"),
        [">="] = Compare(">="),
        ["ge"] = Compare(">="),
        ["<"] = Compare("<"),
        ["lt"] = Compare("<"),
        ["lessthan"] = Compare("<"),
        ["<="] = Compare("<="),
        ["le"] = Compare("<="),
    };

    public static bool Knows(string name) => Tests.ContainsKey(name);

    public static Test Get(string name) => Tests.GetValueOrDefault(name)
        ?? throw new JinjaException(JinjaErrorKind.Runtime, $"No test named {Repr.Of(name)}.");

    private static Test Compare(string sign) => (value, arguments) => CompareExpression.Holds(sign, value, arguments.Require(0, "other"));

    /// <summary>Small values have no identity of their own in .NET: they are the same when type and value are.</summary>
    private static bool IsSame(object? left, object? right) => ReferenceEquals(left, right)
        || (left is bool or long or double or string && right is not null && left.GetType() == right.GetType() && left.Equals(right));
}
