namespace Weir.Models.Jinja;

/// <summary><c>input | name(arguments)</c>; without an input it is applied to the text of a block.</summary>
internal sealed class FilterExpression(Expression? input, string name, CallArguments arguments, Position at) : Expression(at)
{
    public override bool IsConstant => input is { IsConstant: true } && arguments.IsConstant && AllFilters.IsPure(name);

    /// <summary>Applies the chain of filters to a block's text.</summary>
    public object? Apply(Frame frame, object? text)
    {
        var value = input is FilterExpression inner ? inner.Apply(frame, text) : text;
        try
        {
            return AllFilters.Get(name)(value, arguments.Evaluate(frame), frame);
        }
        catch (JinjaException error) when (error.Locate(frame.File, At))
        {
            throw;
        }
    }

    protected override object? Compute(Frame frame) => AllFilters.Get(name)(input!.Evaluate(frame), arguments.Evaluate(frame), frame);
}

/// <summary><c>value is name(arguments)</c>.</summary>
internal sealed class TestExpression(Expression value, string name, CallArguments arguments, Position at) : Expression(at)
{
    public override bool IsConstant => value.IsConstant && arguments.IsConstant;

    protected override object? Compute(Frame frame) => AllTests.Get(name)(value.Evaluate(frame), arguments.Evaluate(frame));
}
