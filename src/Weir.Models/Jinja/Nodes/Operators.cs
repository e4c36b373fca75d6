namespace Weir.Models.Jinja;

internal sealed class BinaryExpression(Func<object?, object?, object?> apply, Expression left, Expression right, Position at) : Expression(at)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    protected override object? Compute(Frame frame) => apply(left.Evaluate(frame), right.Evaluate(frame));
}

internal sealed class UnaryExpression(Func<object?, object?> apply, Expression value, Position at) : Expression(at)
{
    public override bool IsConstant => value.IsConstant;

    protected override object? Compute(Frame frame) => apply(value.Evaluate(frame));
}

/// <summary><c>a and b</c>, <c>a or b</c>: gives one of the two values, not a bool.</summary>
internal sealed class LogicExpression(bool isAnd, Expression left, Expression right, Position at) : Expression(at)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    protected override object? Compute(Frame frame)
    {
        var value = left.Evaluate(frame);
        return Truth.Of(value) == isAnd ? right.Evaluate(frame) : value;
    }
}

/// <summary><c>a if test else b</c>.</summary>
internal sealed class ConditionalExpression(Expression test, Expression then, Expression? otherwise, Position at) : Expression(at)
{
    public override bool IsConstant => test.IsConstant && then.IsConstant && otherwise is { IsConstant: true };

    protected override object? Compute(Frame frame)
    {
        if (Truth.Of(test.Evaluate(frame)))
            return then.Evaluate(frame);
        return otherwise is not null
            ? otherwise.Evaluate(frame)
            : new Undefined($"the inline if-expression on line {At.Line} evaluated to false and no else section was defined.");
    }
}

/// <summary><c>a ~ b</c>: the text of all parts.</summary>
internal sealed class ConcatExpression(IReadOnlyList<Expression> parts, Position at) : Expression(at)
{
    public override bool IsConstant => parts.All(part => part.IsConstant);

    protected override object? Compute(Frame frame) => string.Concat(parts.Select(part => Str.Of(part.Evaluate(frame))));
}
