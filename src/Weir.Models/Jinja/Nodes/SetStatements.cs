namespace Weir.Models.Jinja;

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed class SetStatement(Expression target, Expression value, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        Assignment.Assign(target, value.Evaluate(frame), frame);
        return Signal.Done;
    }
}

/// <summary><c>{% set target %}…{% endset %}</c>, perhaps through filters.</summary>
internal sealed class SetBlockStatement(Expression target, FilterExpression? filter, IReadOnlyList<Statement> body, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        object? value = body.Capture(new Frame(frame));
        Assignment.Assign(target, filter is null ? value : filter.Apply(frame, value), frame);
        return Signal.Done;
    }
}
