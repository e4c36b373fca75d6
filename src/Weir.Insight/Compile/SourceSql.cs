using Weir.Insight.Definitions;
using Weir.Insight.Filters;

namespace Weir.Insight.Compile;

/// <summary>
/// The FROM clause of one measure: its model, and the models joined to it by an entity, many rows to one. Each model is a subquery of the columns that are asked for, so that
/// an expression of one never meets the names of another.
/// </summary>
internal sealed class SourceSql(Library library, SemanticModel model, string metric, Scope scope)
{
    private readonly Dictionary<string, string> columns = [];
    private readonly List<Join> joins = [];

    private sealed record Join(string Alias, Entity By, SemanticModel Model, Dictionary<string, string> Columns);

    /// <summary>A column of the model itself.</summary>
    public string Own(string name, string expression)
    {
        columns[name] = expression;
        return $"s.{Scope.Quote(name)}";
    }

    /// <summary>The time by which a measure is counted, in the business's wall clock; not shifted.</summary>
    public string Time(Measure measure) => Own("_time", Local(model.Dimension(measure.TimeDimension)!.Expr));

    /// <summary>The column of a name in a filter or key.</summary>
    /// <exception cref="WeirException">WEIR7085: the metric cannot be split by it.</exception>
    public string Column(FilterName name, Measure measure)
    {
        if (name.Name == Scope.TimeColumn || name.Name.StartsWith(Scope.TimeColumn + "__", StringComparison.Ordinal))
        {
            var grain = name.Grain ?? Grains.Find(Library.Bare(name.Name)) ?? model.Dimension(measure.TimeDimension)!.Grain;
            return Truncate(grain, scope.Shifted(Time(measure)));
        }
        if (name.IsEntity || model.Entity(name.Name) is not null) return EntityColumn(name.Name);
        if (Find(name.Name) is { } found) return Written(found, name.Grain);
        // What looks like a grain at the end may be the dimension's own name, and is asked for first.
        var split = name.Name.LastIndexOf("__", StringComparison.Ordinal);
        if (split > 0 && Grains.Find(name.Name[(split + 2)..]) is { } last && Find(name.Name[..split]) is { Dimension.IsTime: true } timed) return Written(timed, last);
        throw Unknown(name.Name);
    }

    /// <summary>The conditions of the scope, and its range over a time column.</summary>
    public string Where(Measure measure, IEnumerable<FilterText> filters, string? time, DateTime? from, DateTime? to)
    {
        var conditions = filters.Select(f => $"({f.Sql(name => Column(name, measure))})").ToList();
        if (time is not null && from is { } first) conditions.Add($"{time} >= {Scope.Literal(first)}");
        if (time is not null && to is { } last) conditions.Add($"{time} < {Scope.Literal(last)}");
        return conditions.Count == 0 ? "" : $"\n  where {string.Join("\n    and ", conditions)}";
    }

    /// <summary>The clause; asked for last, when all columns are known.</summary>
    public string From()
    {
        static string Select(SemanticModel model, Dictionary<string, string> columns) =>
            $"(select {string.Join(", ", columns.Select(c => c.Value == Scope.Quote(c.Key) ? c.Value : $"{c.Value} as {Scope.Quote(c.Key)}"))} from {model.Relation})";
        if (columns.Count == 0) columns["_row"] = "1";
        return $"{Select(model, columns)} as s" + string.Concat(joins.Select(j => $"\n  left join {Select(j.Model, j.Columns)} as {j.Alias} on s.{Scope.Quote("_by_" + j.By.Name)} = {j.Alias}.\"_key\""));
    }

    public static string Truncate(Grain grain, string time) => $"date_trunc('{grain.Name()}', {time})";

    // DATE and TIMESTAMP are the business's own clock already; only a time with a zone is turned. DuckDB decides when it binds.
    private string Local(string expression) =>
        $"case when typeof({expression}) = 'TIMESTAMP WITH TIME ZONE' then timezone('{scope.Zone}', ({expression})::timestamptz) else ({expression})::timestamp end";

    private string Written((string Column, Dimension Dimension) found, Grain? grain)
    {
        if (!found.Dimension.IsTime) return found.Column;
        if (grain < found.Dimension.Grain)
            throw new WeirException("WEIR7086", $"'{found.Dimension.Name}' of {model.Name} is a time of {found.Dimension.Grain.Name()}s, which cannot be cut into {grain!.Value.Name()}s.");
        var width = grain ?? found.Dimension.Grain;
        return Truncate(width, found.Column) + (width >= Grain.Day ? "::date" : "");
    }

    private string EntityColumn(string name) => model.Entity(name) is { } entity ? Own("_by_" + name, entity.Expr) : throw Unknown(name);

    private (string Column, Dimension Dimension)? Find(string name)
    {
        var split = name.IndexOf("__", StringComparison.Ordinal);
        var (entity, bare) = split > 0 ? (name[..split], name[(split + 2)..]) : ("", name);
        if ((entity.Length == 0 || model.Owns(entity)) && model.Dimension(bare) is { } own) return (Own(bare, Expression(own)), own);
        var others = library.Joinable(model).Where(j => (entity.Length == 0 || j.By.Name == entity) && j.Model.Dimension(bare) is not null).ToList();
        if (others.Count == 0) return null;
        if (others.Count > 1)
            throw new WeirException("WEIR7085", $"'{name}' could be {string.Join(" or ", others.Select(o => $"{o.By.Name}__{bare} of {o.Model.Name}"))} for the metric '{metric}'. Name one dimension so that one model has it.");
        var (by, other) = others[0];
        var join = joins.Find(j => j.Model == other && j.By == by);
        if (join is null)
        {
            join = new Join($"j{joins.Count + 1}", by, other, new() { ["_key"] = other.Entity(by.Name)!.Expr });
            joins.Add(join);
            Own("_by_" + by.Name, by.Expr);
        }
        var dimension = other.Dimension(bare)!;
        join.Columns[bare] = Expression(dimension);
        return ($"{join.Alias}.{Scope.Quote(bare)}", dimension);
    }

    private string Expression(Dimension dimension) => dimension.IsTime ? Local(dimension.Expr) : dimension.Expr;

    private WeirException Unknown(string name)
    {
        var all = model.Dimensions.Select(d => model.PrimaryEntity is { } p ? $"{p}__{d.Name}" : d.Name)
            .Concat(library.Joinable(model).SelectMany(j => j.Model.Dimensions.Select(d => $"{j.By.Name}__{d.Name}"))).Concat(model.Entities.Select(e => e.Name)).Distinct().ToList();
        var near = Spelling.Nearest(name, all) ?? all.Find(a => Library.Bare(a) == Library.Bare(name));
        return new WeirException("WEIR7085", $"The metric '{metric}' cannot be split or filtered by '{name}'.{(near is null ? "" : $" Did you mean '{near}'?")} It has: metric_time, {string.Join(", ", all)}. A dimension of another model needs an entity that both have, unique in the other.");
    }
}
