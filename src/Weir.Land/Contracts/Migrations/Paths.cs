using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Reads the paths of a migration's rules: columns that may be changed, or fields within <c>properties</c> and <c>context</c>.</summary>
internal static class Paths
{
    /// <summary>The path; null: a mistake was noted.</summary>
    public static FieldPath? Read(SourceValue? value, string member, SourceValue? parent = null)
    {
        if (value is null)
        {
            parent?.Mistake($"'{member}' is missing");
            return null;
        }
        if (value.AsText is not { } text || !FieldPath.TryParse(text, out var path))
            value.Mistake($"'{member}' must be a field: a column such as price, or a path such as properties.gift.text or properties.products[].sku");
        else if (!EventColumn.All.TryGetValue(path.Column, out var column))
            value.Mistake($"'{path.Column}' is no column of lake.events that a contract can speak of{(Spelling.Nearest(path.Column, EventColumn.All.Keys) is { } near ? $"; did you mean '{near}'?" : $"; did you mean 'properties.{text}'?")}");
        else if (column.Read is null) value.Mistake($"'{path.Column}' says what was sent, and cannot be changed");
        else if (column.Type == "object" && path.Names.Count < 2 && !path.IsInArray) value.Mistake($"'{path.Column}' as a whole cannot be changed; name a field in it");
        else if (column.Type != "object" && text != path.Column) value.Mistake($"'{path.Column}' is a column, and has no fields");
        else return path;
        return null;
    }

    /// <summary>Whether a rule's fields lie in the same object, or in the same elements of an array; else a mistake was noted.</summary>
    public static bool AreBeside(FieldPath field, IEnumerable<FieldPath> others, SourceValue at)
    {
        if (others.All(o => o.IsBeside(field))) return true;
        at.Mistake($"must lie in the same elements of an array as '{field}', or both in none");
        return false;
    }
}
