using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>What an expression is computed from: every column in it. Queries in it decide rows besides, which goes to the scope.</summary>
internal sealed class Expressions(Functions functions, Func<JsonElement, NameScope, Shape> query)
{
    /// <summary>The kinds of expressions whose value comes from the expressions in them, and from nothing else.</summary>
    private static readonly HashSet<string> Composed = ["BETWEEN", "CASE", "CAST", "COLLATE", "COMPARISON", "CONJUNCTION", "OPERATOR", "WINDOW"];

    public Origins Read(JsonElement expression, NameScope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression.Text("class") switch
        {
            "COLUMN_REF" => scope.Resolve(expression.Texts("column_names")),
            "CONSTANT" or "DEFAULT" => Origins.None,
            "SUBQUERY" => Subquery(expression, scope),
            "STAR" => expression.Flag("columns") && scope.Current is { } column ? column.Origins : scope.From.AsShape().Row(),
            "POSITIONAL_REFERENCE" => Position(expression.GetProperty("index").GetInt32(), scope),
            "LAMBDA" => Inside(expression, scope).Derived(), // beside no list it is the arrow of JSON
            "FUNCTION" => Function(expression, scope).Derived(),
            var kind when Composed.Contains(kind) => Inside(expression, scope).Derived(),
            var kind => Origins.Unknown($"an expression of kind {kind} is not known"),
        };
    }

    /// <summary>Whether it makes one row of many.</summary>
    public bool Aggregates(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().Any(Aggregates),
        JsonValueKind.Object when part.Text("class") == "SUBQUERY" => false,
        JsonValueKind.Object => (part.Text("class") == "FUNCTION" && functions.IsAggregate(part.Text("function_name"))) || part.EnumerateObject().Any(property => Aggregates(property.Value)),
        _ => false,
    };

    /// <summary>What a table function reads by its arguments.</summary>
    public Origins Function(JsonElement function, NameScope scope)
    {
        var name = function.Text("function_name");
        var hidden = functions.Hides(name) is { } why ? Origins.Unknown(why) : Origins.None;
        if (!Functions.TakesLambdas(name))
        {
            var origins = Inside(function, scope).And(hidden);
            if (name == "unnest")
                scope.Influence(origins); // a row for each element
            return origins;
        }

        return Origins.All(function.Parts("children").Select(argument => argument.Text("class") == "LAMBDA" ? Lambda(argument, scope) : Read(argument, scope)));
    }

    private Origins Lambda(JsonElement lambda, NameScope scope)
    {
        var left = lambda.GetProperty("lhs");
        var names = left.Text("class") == "COLUMN_REF" ? left.Texts("column_names") : [.. left.Parts("children").SelectMany(name => name.Texts("column_names"))];
        var inner = new NameScope(scope, scope.Ctes) { Parameters = names, Current = scope.Current };
        var origins = Read(lambda.GetProperty("expr"), inner);
        scope.Influence(inner.Influences);
        return origins;
    }

    /// <summary>The expressions among the parts of a node, however deep below parts that are none.</summary>
    private Origins Inside(JsonElement part, NameScope scope)
    {
        if (part.ValueKind == JsonValueKind.Array)
            return Origins.All(part.EnumerateArray().Select(item => InsideOrRead(item, scope)));
        return part.ValueKind == JsonValueKind.Object ? Origins.All(part.EnumerateObject().Select(property => InsideOrRead(property.Value, scope))) : Origins.None;
    }

    private Origins InsideOrRead(JsonElement part, NameScope scope) => part.Text("class").Length > 0 ? Read(part, scope) : Inside(part, scope);

    private Origins Subquery(JsonElement expression, NameScope scope)
    {
        var shape = query(expression.GetProperty("subquery").GetProperty("node"), scope);
        var tested = expression.Part("child") is { } child ? Read(child, scope) : Origins.None;
        if (expression.Text("subquery_type") is "EXISTS" or "NOT_EXISTS")
            return shape.Influences.Derived(); // its value is whether there are rows
        scope.Influence(shape.Influences);
        return tested.And(shape.Row()).Derived();
    }

    private static Origins Position(int number, NameScope scope) =>
        number >= 1 && number <= scope.From.Star.Count && !scope.From.Open.Any() ? scope.From.Star[number - 1].Origins : Origins.Unknown($"#{number} counts columns that are not all known");
}
