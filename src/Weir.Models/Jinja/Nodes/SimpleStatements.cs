namespace Weir.Models.Jinja;

/// <summary>Text outside tags.</summary>
internal sealed class TextStatement(string text, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        output.Text(text);
        return Signal.Done;
    }
}

/// <summary><c>{{ value }}</c>.</summary>
internal sealed class OutputStatement(Expression value) : Statement(value.At)
{
    protected override Signal Run(Frame frame, Output output)
    {
        output.Value(value.Evaluate(frame), value.IsConstant);
        return Signal.Done;
    }
}

/// <summary><c>{% do value %}</c>.</summary>
internal sealed class DoStatement(Expression value, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        value.Evaluate(frame);
        return Signal.Done;
    }
}

/// <summary><c>{% break %}</c> and <c>{% continue %}</c>.</summary>
internal sealed class LoopControlStatement(Signal signal, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output) => signal;
}

/// <summary><c>{% if %}</c> with its <c>elif</c> branches; it opens no scope.</summary>
internal sealed class IfStatement(IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> branches, IReadOnlyList<Statement> otherwise, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        foreach (var (test, body) in branches)
            if (Truth.Of(test.Evaluate(frame)))
                return body.Execute(frame, output);
        return otherwise.Execute(frame, output);
    }
}

/// <summary><c>include extends import from</c>: templates here have no loader, so each is an error when it is reached.</summary>
internal sealed class LoaderStatement(Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output) =>
        throw new JinjaException(JinjaErrorKind.Type, "no loader for this environment specified");
}
