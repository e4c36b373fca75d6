namespace Weir.Land.Evaluate;

/// <summary>Paths as people read them in quarantine: <c>$.properties.price</c>.</summary>
internal static class JsonPath
{
    /// <summary>A member's path. A name that does not look like a name may itself be somebody's data (an address, a number): it is shown as <c>*</c>.</summary>
    public static string Member(string parent, string name) => $"{parent}.{Name(name)}";

    /// <summary>A column's place in a CSV record.</summary>
    public static string Column(string name) => $"column {Name(name)}";

    private static string Name(string name)
    {
        if (name.Length is 0 or > 64 || !(char.IsAsciiLetter(name[0]) || name[0] is '_' or '$')) return "*";
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '$' or ' ')) return "*";
        return name;
    }
}
