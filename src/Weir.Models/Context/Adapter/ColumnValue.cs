using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>A column of a relation as templates see it.</summary>
internal sealed record ColumnValue(string Column, string Type) : IJinjaObject
{
    public string TypeName => "Column";

    public override string ToString() => $"<Column {Column} ({Type})>";

    public bool TryGetAttribute(string name, out object? value)
    {
        var type = Type.ToLowerInvariant();
        value = name switch
        {
            "name" or "column" => Column,
            "dtype" or "data_type" => Type,
            "quoted" => RelationValue.Quoted(Column),
            "is_string" => Is(name, type.StartsWith("varchar", StringComparison.Ordinal) || type is "text" or "char" or "bpchar" or "string"),
            "is_integer" => Is(name, type.TrimStart('u') is "tinyint" or "smallint" or "integer" or "int" or "bigint" or "hugeint"),
            "is_float" => Is(name, type is "float" or "double" or "real"),
            "is_numeric" => Is(name, type.StartsWith("decimal", StringComparison.Ordinal) || type.StartsWith("numeric", StringComparison.Ordinal)),
            "is_number" => Is(name, type.TrimStart('u') is "tinyint" or "smallint" or "integer" or "int" or "bigint" or "hugeint" or "float" or "double" or "real"
                || type.StartsWith("decimal", StringComparison.Ordinal) || type.StartsWith("numeric", StringComparison.Ordinal)),
            "char_size" or "numeric_precision" or "numeric_scale" => null,
            _ => new RefusedName($"column.{name}"),
        };
        return true;
    }

    /// <summary><c>api.Column</c>.</summary>
    public static Module Class { get; } = new("api.Column", new()
    {
        ["create"] = new Function("create", arguments => new ColumnValue(arguments.GetText(0, "name"), arguments.GetText(1, "label_or_dtype"))),
        ["translate_type"] = new Function("translate_type", arguments => arguments.GetText(0, "dtype") is var type && type.Equals("string", StringComparison.OrdinalIgnoreCase) ? "TEXT" : type),
        ["numeric_type"] = new Function("numeric_type", arguments => arguments.Get(1, "precision") is null
            ? arguments.GetText(0, "dtype")
            : $"{arguments.GetText(0, "dtype")}({arguments.Get(1, "precision")},{arguments.Get(2, "scale")})"),
        ["string_type"] = new Function("string_type", _ => "varchar"),
    });

    private static Function Is(string name, bool answer) => new(name, _ => answer);
}
