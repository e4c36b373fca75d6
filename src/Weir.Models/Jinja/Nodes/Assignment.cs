namespace Weir.Models.Jinja;

/// <summary>Writes a value into a name, a tuple of names, or a namespace's attribute.</summary>
internal static class Assignment
{
    public static void Assign(Expression target, object? value, Frame frame)
    {
        switch (target)
        {
            case NameExpression name:
                frame.Set(name.Name, value);
                break;
            case NamespaceReference reference:
                var space = reference.Evaluate(frame) as Namespace
                    ?? throw new JinjaException(JinjaErrorKind.Runtime, "cannot assign attribute on non-namespace object");
                space[reference.Attribute] = value;
                break;
            case TupleExpression tuple:
                Unpack(tuple.Items, value, frame);
                break;
        }
    }

    private static void Unpack(IReadOnlyList<Expression> targets, object? value, Frame frame)
    {
        var values = (Sequences.TryIterate(value)
            ?? throw new JinjaException(JinjaErrorKind.Type, $"cannot unpack non-iterable {TypeNames.Of(value)} object")).Take(targets.Count + 1).ToList();
        if (values.Count > targets.Count)
            throw new JinjaException(JinjaErrorKind.Value, $"too many values to unpack (expected {targets.Count})");
        if (values.Count < targets.Count)
            throw new JinjaException(JinjaErrorKind.Value, $"not enough values to unpack (expected {targets.Count}, got {values.Count})");
        for (var index = 0; index < targets.Count; index++)
            Assign(targets[index], values[index], frame);
    }
}
