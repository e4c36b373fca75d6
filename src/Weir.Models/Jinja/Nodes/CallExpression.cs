namespace Weir.Models.Jinja;

internal sealed class CallExpression(Expression callee, CallArguments arguments, Position at) : Expression(at)
{
    protected override object? Compute(Frame frame) => Access.Call(callee.Evaluate(frame), arguments.Evaluate(frame));

    /// <summary>The call of a call block: the block is the argument <c>caller</c>.</summary>
    public object? EvaluateWith(Frame frame, Macro caller)
    {
        try
        {
            return Access.Call(callee.Evaluate(frame), arguments.Evaluate(frame, caller));
        }
        catch (JinjaException error) when (error.Locate(frame.File, At))
        {
            throw;
        }
    }
}

/// <summary>Arguments as written: positional, named, and the two starred ones.</summary>
internal sealed class CallArguments(IReadOnlyList<Expression> positional, IReadOnlyList<(string Name, Expression Value)> named, Expression? star, Expression? stars)
{
    public static readonly CallArguments None = new([], [], null, null);

    public bool IsConstant => positional.All(item => item.IsConstant) && named.All(item => item.Value.IsConstant)
        && star?.IsConstant != false && stars?.IsConstant != false;

    public Arguments Evaluate(Frame frame, Macro? caller = null)
    {
        if (positional.Count == 0 && named.Count == 0 && star is null && stars is null && caller is null)
            return Arguments.None;
        var values = new List<object?>(positional.Count);
        foreach (var item in positional)
            values.Add(item.Evaluate(frame));
        if (star is not null)
            values.AddRange(Sequences.Iterate(star.Evaluate(frame)));
        var names = new OrderedDictionary<string, object?>();
        foreach (var (name, value) in named)
            Add(names, name, value.Evaluate(frame));
        if (caller is not null)
            Add(names, "caller", caller);
        if (stars is not null)
            AddAll(names, stars.Evaluate(frame));
        return new Arguments(values, names);
    }

    private static void AddAll(OrderedDictionary<string, object?> names, object? value)
    {
        if (value is not JinjaDict dict)
            throw new JinjaException(JinjaErrorKind.Type, $"argument after ** must be a mapping, not {TypeNames.Of(value)}");
        foreach (var (name, item) in dict)
            Add(names, name as string ?? throw new JinjaException(JinjaErrorKind.Type, "keywords must be strings"), item);
    }

    private static void Add(OrderedDictionary<string, object?> names, string name, object? value)
    {
        if (!names.TryAdd(name, value))
            throw new JinjaException(JinjaErrorKind.Type, $"got multiple values for keyword argument '{name}'");
    }
}
