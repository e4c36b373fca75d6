using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>The rows of a query as templates see them: dbt's agate table.</summary>
internal sealed class QueryTable : IJinjaObject, IEnumerable<object?>
{
    private readonly List<QueryRow> rows;

    public QueryTable(IReadOnlyList<string> names, IReadOnlyList<string> types, IReadOnlyList<IReadOnlyList<object?>> values)
    {
        (Names, Types) = (names, types);
        rows = [.. values.Select(row => new QueryRow(names, row))];
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<string> Types { get; }

    public IReadOnlyList<QueryRow> Rows => rows;

    public string TypeName => "Table";

    public IEnumerator<object?> GetEnumerator() => rows.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "rows" => new NamedItems("MappedSequence", rows, _ => null),
            "columns" => Columns(),
            "column_names" => new JinjaTuple([.. Names]),
            "column_types" => new JinjaTuple([.. Types]),
            "print_table" => new Function(name, _ => ""),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<table of {rows.Count} rows>";

    private NamedItems Columns()
    {
        var columns = Names.Select((name, at) => (object?)new QueryColumn(name, Types[at], [.. rows.Select(row => row.Values[at])])).ToList();
        return new NamedItems("MappedSequence", columns, name => Names.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? columns[at] : null);
    }
}

/// <summary>Things in order that can be asked for by place or by name, with <c>.values()</c>.</summary>
internal sealed class NamedItems(string typeName, IReadOnlyList<object?> items, Func<string, object?> byName) : IJinjaObject, IReadOnlyList<object?>
{
    public string TypeName => typeName;

    public int Count => items.Count;

    public object? this[int index] => items[index];

    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => new Function(name, _ => items.ToList()),
            _ => byName(name),
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = key is string name ? byName(name) : null;
        return value is not null;
    }
}

/// <summary>One row: values by place or by column.</summary>
internal sealed class QueryRow(IReadOnlyList<string> names, IReadOnlyList<object?> values) : IJinjaObject, IReadOnlyList<object?>
{
    public IReadOnlyList<object?> Values => values;

    public string TypeName => "Row";

    public int Count => values.Count;

    public object? this[int index] => values[index];

    public IEnumerator<object?> GetEnumerator() => values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => new Function(name, _ => new JinjaTuple([.. values])),
            "keys" => new Function(name, _ => new JinjaTuple([.. names])),
            "items" => new Function(name, _ => names.Select((key, at) => (object?)new JinjaTuple([key, values[at]])).ToList()),
            "dict" => new Function(name, _ => new JinjaDict(names.Select((key, at) => KeyValuePair.Create((object?)key, values[at])))),
            "get" => new Function(name, arguments => TryGetItem(arguments.Require(0, "key"), out var found) ? found : arguments.Get(1, "default")),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        var at = key is string name ? names.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) : -1;
        value = at >= 0 ? values[at] : null;
        return at >= 0;
    }

    public override string ToString() => $"<Row: ({string.Join(", ", values.Select(Repr.Of))})>";
}

/// <summary>One column: its name and its values.</summary>
internal sealed class QueryColumn(string name, string type, IReadOnlyList<object?> values) : IJinjaObject, IReadOnlyList<object?>
{
    public string TypeName => "Column";

    public int Count => values.Count;

    public object? this[int index] => values[index];

    public IEnumerator<object?> GetEnumerator() => values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch
        {
            "name" => name,
            "data_type" => type,
            "values" => new Function(attribute, _ => new JinjaTuple([.. values])),
            "values_distinct" => new Function(attribute, _ => new JinjaTuple([.. values.Distinct()])),
            "values_without_nulls" => new Function(attribute, _ => new JinjaTuple([.. values.Where(item => item is not null)])),
            _ => null,
        };
        return value is not null;
    }
}
