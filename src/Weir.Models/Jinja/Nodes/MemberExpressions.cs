namespace Weir.Models.Jinja;

internal sealed class AttributeExpression(Expression value, string name, Position at) : Expression(at)
{
    public override bool IsConstant => value.IsConstant;

    protected override object? Compute(Frame frame) => Access.Attribute(value.Evaluate(frame), name);
}

internal sealed class ItemExpression(Expression value, Expression key, Position at) : Expression(at)
{
    public override bool IsConstant => value.IsConstant && key.IsConstant;

    protected override object? Compute(Frame frame) => Access.Item(value.Evaluate(frame), key.Evaluate(frame));
}

internal sealed class SliceExpression(Expression? start, Expression? stop, Expression? step, Position at) : Expression(at)
{
    public override bool IsConstant => start?.IsConstant != false && stop?.IsConstant != false && step?.IsConstant != false;

    protected override object? Compute(Frame frame) => new SliceBounds(start?.Evaluate(frame), stop?.Evaluate(frame), step?.Evaluate(frame));
}
