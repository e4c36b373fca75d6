namespace Weir.Models.Jinja;

/// <summary>A filter: the value before the bar, its arguments, and the frame it runs in.</summary>
internal delegate object? Filter(object? value, Arguments arguments, Frame frame);

/// <summary>Every filter by name.</summary>
internal static class AllFilters
{
    /// <summary>Filters Jinja never evaluates when it compiles, and those whose result is not a plain constant.</summary>
    private static readonly HashSet<string> Impure =
        ["map", "select", "reject", "selectattr", "rejectattr", "random", "as_text", "as_native", "as_bool", "as_number"];

    private static readonly Dictionary<string, Filter> Filters = new Dictionary<string, Filter>[]
        { TextFilters.All, LayoutFilters.All, MarkupFilters.All, NumberFilters.All, ListFilters.All, OrderFilters.All, SelectFilters.All, ValueFilters.All }
        .SelectMany(group => group).ToDictionary();

    public static bool Knows(string name) => Filters.ContainsKey(name);

    public static bool IsPure(string name) => !Impure.Contains(name);

    public static Filter Get(string name) => Filters.GetValueOrDefault(name)
        ?? throw new JinjaException(JinjaErrorKind.Runtime, $"No filter named {Repr.Of(name)}.");
}
