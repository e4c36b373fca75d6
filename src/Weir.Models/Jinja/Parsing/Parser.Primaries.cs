namespace Weir.Models.Jinja;

/// <summary>Names, literals, and tuples with or without parentheses.</summary>
internal sealed partial class Parser
{
    private Expression ParsePrimary()
    {
        var token = _tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                _tokens.Next();
                return ParseName(token);
            case TokenKind.String:
                return ParseText();
            case TokenKind.Integer or TokenKind.Float:
                _tokens.Next();
                return new ConstantExpression(token.Value, token.At);
            case TokenKind.Operator when token.Text == "(":
                _tokens.Next();
                var inner = ParseTuple(isTupleAllowedEmpty: true);
                _tokens.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return ParseList();
            case TokenKind.Operator when token.Text == "{":
                return ParseDict();
            default:
                throw _tokens.Fail($"unexpected {Repr.Of(token.Description)}");
        }
    }

    private Expression ParseName(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new ConstantExpression(true, token.At);
            case "false" or "False":
                return new ConstantExpression(false, token.At);
            case "none" or "None":
                return new ConstantExpression(null, token.At);
            default:
                NoteName(token.Text);
                return new NameExpression(token.Text, token.At);
        }
    }

    private ConstantExpression ParseText()
    {
        var at = _tokens.Current.At;
        var text = "";
        while (_tokens.Current.Kind == TokenKind.String)
            text += _tokens.Next().Text;
        return new ConstantExpression(text, at);
    }

    private ListExpression ParseList()
    {
        var at = _tokens.Next().At;
        var items = new List<Expression>();
        while (!_tokens.Current.IsOperator("]"))
        {
            items.Add(ParseExpression());
            if (!_tokens.Current.IsOperator("]"))
                _tokens.ExpectOperator(",");
        }
        _tokens.ExpectOperator("]");
        return new ListExpression(items, at);
    }

    private DictExpression ParseDict()
    {
        var at = _tokens.Next().At;
        var items = new List<(Expression, Expression)>();
        while (!_tokens.Current.IsOperator("}"))
        {
            var key = ParseExpression();
            _tokens.ExpectOperator(":");
            items.Add((key, ParseExpression()));
            if (!_tokens.Current.IsOperator("}"))
                _tokens.ExpectOperator(",");
        }
        _tokens.ExpectOperator("}");
        return new DictExpression(items, at);
    }

    private Expression ParseTuple(bool withCondition = true, string? end = null, bool isTupleAllowedEmpty = false) =>
        ParseTuple(() => ParseExpression(withCondition), end, isTupleAllowedEmpty);

    /// <summary>One item, or a tuple of several with commas between; <paramref name="end"/> is a name that ends it besides the tag's end.</summary>
    private Expression ParseTuple(Func<Expression> parse, string? end, bool isTupleAllowedEmpty)
    {
        var at = _tokens.Current.At;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd(end))
        {
            items.Add(parse());
            if (!_tokens.SkipOperator(","))
                break;
            isTuple = true;
        }
        if (isTuple)
            return new TupleExpression(items, at);
        if (items.Count > 0)
            return items[0];
        return isTupleAllowedEmpty
            ? new TupleExpression(items, at)
            : throw _tokens.Fail($"Expected an expression, got {Repr.Of(_tokens.Current.Description)}");
    }

    private bool IsTupleEnd(string? end) => _tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || _tokens.Current.IsOperator(")") || (end is not null && _tokens.Current.IsName(end));
}
