namespace Weir.Models.Jinja;

/// <summary>What follows a value: attributes, items, calls, filters and tests.</summary>
internal sealed partial class Parser
{
    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            if (_tokens.Current.IsOperator("."))
                value = ParseAttribute(value);
            else if (_tokens.Current.IsOperator("["))
                value = ParseItem(value);
            else if (_tokens.Current.IsOperator("("))
                value = new CallExpression(value, ParseArguments(), value.At);
            else
                return value;
        }
    }

    private Expression ParseFiltersAndTests(Expression value)
    {
        while (true)
        {
            if (_tokens.Current.IsOperator("|"))
                value = ParseFilters(value)!;
            else if (_tokens.Current.IsName("is"))
                value = ParseTest(value);
            else if (_tokens.Current.IsOperator("("))
                value = new CallExpression(value, ParseArguments(), value.At);
            else
                return value;
        }
    }

    private Expression ParseAttribute(Expression value)
    {
        _tokens.Next();
        var name = _tokens.Next();
        return name.Kind switch
        {
            TokenKind.Name => new AttributeExpression(value, name.Text, name.At),
            TokenKind.Integer => new ItemExpression(value, new ConstantExpression(name.Value, name.At), name.At),
            _ => throw _tokens.Fail("expected name or number", name.At),
        };
    }

    private ItemExpression ParseItem(Expression value)
    {
        var at = _tokens.Next().At;
        var keys = new List<Expression>();
        while (!_tokens.Current.IsOperator("]"))
        {
            if (keys.Count > 0)
                _tokens.ExpectOperator(",");
            keys.Add(ParseSubscript());
        }
        _tokens.ExpectOperator("]");
        return new ItemExpression(value, keys.Count == 1 ? keys[0] : new TupleExpression(keys, at), at);
    }

    private Expression ParseSubscript()
    {
        var at = _tokens.Current.At;
        var start = _tokens.Current.IsOperator(":") ? null : ParseExpression();
        if (!_tokens.SkipOperator(":"))
            return start!;
        var stop = IsSubscriptEnd() || _tokens.Current.IsOperator(":") ? null : ParseExpression();
        var step = _tokens.SkipOperator(":") && !IsSubscriptEnd() ? ParseExpression() : null;
        return new SliceExpression(start, stop, step, at);
    }

    private bool IsSubscriptEnd() => _tokens.Current.IsOperator("]") || _tokens.Current.IsOperator(",");

    private Expression? ParseFilters(Expression? value)
    {
        while (_tokens.SkipOperator("|"))
            value = ParseFilter(value);
        return value;
    }

    private FilterExpression ParseFilter(Expression? value)
    {
        var token = _tokens.ExpectName();
        var name = token.Text;
        while (_tokens.SkipOperator("."))
            name += "." + _tokens.ExpectName().Text;
        if (!AllFilters.Knows(name))
            NoteUnknown($"No filter named {Repr.Of(name)}.", token);
        return new FilterExpression(value, name, _tokens.Current.IsOperator("(") ? ParseArguments() : CallArguments.None, token.At);
    }

    private Expression ParseTest(Expression value)
    {
        var at = _tokens.Next().At;
        var isNegated = _tokens.SkipName("not");
        var token = _tokens.ExpectName();
        var name = token.Text;
        while (_tokens.SkipOperator("."))
            name += "." + _tokens.ExpectName().Text;
        if (!AllTests.Knows(name))
            NoteUnknown($"No test named {Repr.Of(name)}.", token);
        Expression test = new TestExpression(value, name, ParseTestArguments(), token.At);
        return isNegated ? new UnaryExpression(result => !Truth.Of(result), test, at) : test;
    }

    /// <summary>A test's arguments are in parentheses, or one value beside its name: <c>x is divisibleby 3</c>.</summary>
    private CallArguments ParseTestArguments()
    {
        var token = _tokens.Current;
        if (token.IsOperator("("))
            return ParseArguments();
        var isValue = token.Kind is TokenKind.Name or TokenKind.String or TokenKind.Integer or TokenKind.Float
            || token.IsOperator("[") || token.IsOperator("{");
        if (!isValue || (token.Kind == TokenKind.Name && token.Text is "else" or "or" or "and"))
            return CallArguments.None;
        if (token.IsName("is"))
            throw _tokens.Fail("You cannot chain multiple tests with is");
        return new CallArguments([ParsePostfix(ParsePrimary())], [], null, null);
    }
}
