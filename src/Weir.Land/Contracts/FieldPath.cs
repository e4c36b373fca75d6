using System.Diagnostics.CodeAnalysis;

namespace Weir.Land.Contracts;

/// <summary>A place in an event: <c>price</c>, <c>properties.gift.text</c>, or in each element of an array: <c>properties.products[].sku</c>.</summary>
internal sealed record FieldPath
{
    private FieldPath(IReadOnlyList<string> groups) => Groups = groups;

    /// <summary>The event itself.</summary>
    public static FieldPath Root { get; } = new([""]);

    /// <summary>Its parts between <c>[]</c>, each of names with dots.</summary>
    private IReadOnlyList<string> Groups { get; }

    /// <summary>The names after the last <c>[]</c>.</summary>
    public IReadOnlyList<string> Names => NamesOf(Groups[^1]);

    /// <summary>The arrays on the way, each as the names that lead to it from the one before.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Arrays => [.. Groups.Take(Groups.Count - 1).Select(NamesOf)];

    /// <summary>The column that it is, or lies in.</summary>
    public string Column => NamesOf(Groups[0]).FirstOrDefault() ?? "";

    public bool IsInArray => Groups.Count > 1;

    public FieldPath Member(string name) => new([.. Groups.SkipLast(1), Groups[^1].Length == 0 ? name : $"{Groups[^1]}.{name}"]);

    /// <summary>The field of another name in the same object.</summary>
    public FieldPath Sibling(string name) => new([.. Groups.SkipLast(1), string.Join('.', Names.SkipLast(1).Append(name))]);

    public FieldPath Each() => new([.. Groups, ""]);

    /// <summary>Whether both lie in the same object, or the same element of the same array.</summary>
    public bool IsBeside(FieldPath other) => Groups.SkipLast(1).SequenceEqual(other.Groups.SkipLast(1));

    public bool Equals(FieldPath? other) => other is not null && Groups.SequenceEqual(other.Groups);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join("[].", Groups);

    /// <summary>Whether a name can stand in a path.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && (char.IsAsciiLetter(name[0]) || name[0] is '_' or '$') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$' or ' ');

    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path)
    {
        var groups = text.Split("[].");
        path = groups.All(g => g.Split('.').All(IsName)) ? new FieldPath(groups) : null;
        return path is not null;
    }

    private static string[] NamesOf(string group) => group.Length == 0 ? [] : group.Split('.');
}
