namespace Weir.Models.Jinja;

/// <summary><c>{% for target in items if test recursive %}…{% else %}…{% endfor %}</c>; every round has a scope of its own.</summary>
internal sealed class ForStatement(Expression target, Expression items, Expression? test, bool isRecursive,
    IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise, Position at) : Statement(at)
{
    protected override Signal Run(Frame frame, Output output)
    {
        Loop(frame, output, items.Evaluate(frame), depth: 1);
        return Signal.Done;
    }

    private void Loop(Frame frame, Output output, object? over, int depth)
    {
        var values = Sequences.Iterate(over).Where(value => IsWanted(value, frame)).ToList();
        if (values.Count == 0)
        {
            otherwise.Execute(new Frame(frame), output);
            return;
        }
        var loop = new LoopState(values, depth, isRecursive ? inner => Recurse(frame, inner, depth + 1) : null);
        do
        {
            var round = new Frame(frame);
            round.Set("loop", loop);
            Assignment.Assign(target, loop.Current, round);
            if (body.Execute(round, output) == Signal.Break)
                break;
        }
        while (loop.Advance());
    }

    private bool IsWanted(object? value, Frame frame)
    {
        if (test is null)
            return true;
        var round = new Frame(frame);
        Assignment.Assign(target, value, round);
        return Truth.Of(test.Evaluate(round));
    }

    private string Recurse(Frame frame, object? over, int depth)
    {
        Stack.Check();
        var output = new Output();
        Loop(frame, output, over, depth);
        return output.ToString();
    }
}
