namespace Weir.Models.Jinja;

/// <summary><c>a &lt; b == c</c>: each neighbours' comparison must hold; every operand is evaluated once.</summary>
internal sealed class CompareExpression(Expression first, IReadOnlyList<(string Sign, Expression Operand)> rest, Position at) : Expression(at)
{
    public override bool IsConstant => first.IsConstant && rest.All(item => item.Operand.IsConstant);

    public static bool Holds(string sign, object? left, object? right) => sign switch
    {
        "==" => Equality.Same(left, right),
        "!=" => !Equality.Same(left, right),
        "<" => Ordering.Compare(left, right, sign) < 0,
        "<=" => Ordering.Compare(left, right, sign) <= 0,
        ">" => Ordering.Compare(left, right, sign) > 0,
        ">=" => Ordering.Compare(left, right, sign) >= 0,
        "in" => Sequences.Contains(right, left),
        _ => !Sequences.Contains(right, left),
    };

    protected override object? Compute(Frame frame)
    {
        var left = first.Evaluate(frame);
        foreach (var (sign, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Holds(sign, left, right))
                return false;
            left = right;
        }
        return true;
    }
}
