namespace Weir.Models.Jinja;

/// <summary><c>{% with a = 1 %}…{% endwith %}</c>: the values are evaluated outside.</summary>
internal sealed class WithStatement(IReadOnlyList<(Expression Target, Expression Value)> values, IReadOnlyList<Statement> body, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        var inner = new Frame(frame);
        foreach (var (target, value) in values)
            Assignment.Assign(target, value.Evaluate(frame), inner);
        return body.Execute(inner, output);
    }
}

/// <summary><c>{% block name %}…{% endblock %}</c>: without inheritance only a scope.</summary>
internal sealed class BlockStatement(IReadOnlyList<Statement> body, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output) => body.Execute(new Frame(frame), output);
}

/// <summary><c>{% filter name %}…{% endfilter %}</c>.</summary>
internal sealed class FilterBlockStatement(FilterExpression filter, IReadOnlyList<Statement> body, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        output.Value(filter.Apply(frame, body.Capture(new Frame(frame))), isConstant: false);
        return Signal.Done;
    }
}

/// <summary><c>{% call(args) f() %}…{% endcall %}</c>: the block is given to <c>f</c> as <c>caller</c>.</summary>
internal sealed class CallBlockStatement(CallExpression call, MacroDefinition caller, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        output.Value(call.EvaluateWith(frame, new Macro(caller, frame)), isConstant: false);
        return Signal.Done;
    }
}
