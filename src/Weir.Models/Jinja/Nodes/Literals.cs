namespace Weir.Models.Jinja;

internal sealed class ConstantExpression(object? value, Position at) : Expression(at)
{
    public override bool IsConstant => true;

    public object? Value { get; } = value;

    protected override object? Compute(Frame frame) => Value;
}

internal sealed class ListExpression(IReadOnlyList<Expression> items, Position at) : Expression(at)
{
    public override bool IsConstant => items.All(item => item.IsConstant);

    protected override object? Compute(Frame frame) => items.Select(item => item.Evaluate(frame)).ToList();
}

internal sealed class TupleExpression(IReadOnlyList<Expression> items, Position at) : Expression(at)
{
    public IReadOnlyList<Expression> Items { get; } = items;

    public override bool IsConstant => Items.All(item => item.IsConstant);

    protected override object? Compute(Frame frame) => new JinjaTuple([.. Items.Select(item => item.Evaluate(frame))]);
}

internal sealed class DictExpression(IReadOnlyList<(Expression Key, Expression Value)> items, Position at) : Expression(at)
{
    public override bool IsConstant => items.All(item => item.Key.IsConstant && item.Value.IsConstant);

    protected override object? Compute(Frame frame) =>
        new JinjaDict(items.Select(item => KeyValuePair.Create(item.Key.Evaluate(frame), item.Value.Evaluate(frame))));
}
