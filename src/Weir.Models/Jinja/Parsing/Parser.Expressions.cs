namespace Weir.Models.Jinja;

/// <summary>Expressions, from the loosest operator to the tightest.</summary>
internal sealed partial class Parser
{
    private Expression ParseExpression(bool withCondition = true)
    {
        Stack.Check();
        return withCondition ? ParseConditional() : ParseOr();
    }

    private Expression ParseConditional()
    {
        var from = _tokens.Index;
        var value = ParseOr();
        while (_tokens.Current.IsName("if"))
        {
            var at = _tokens.Next().At;
            var test = ParseOr();
            var otherwise = _tokens.SkipName("else") ? ParseConditional() : null;
            ForgiveUnknownSince(from);
            value = new ConditionalExpression(test, value, otherwise, at);
        }
        return value;
    }

    private Expression ParseOr()
    {
        var left = ParseAnd();
        while (_tokens.Current.IsName("or"))
            left = new LogicExpression(isAnd: false, left, At(_tokens.Next(), ParseAnd, out var at), at);
        return left;
    }

    private Expression ParseAnd()
    {
        var left = ParseNot();
        while (_tokens.Current.IsName("and"))
            left = new LogicExpression(isAnd: true, left, At(_tokens.Next(), ParseNot, out var at), at);
        return left;
    }

    private Expression ParseNot()
    {
        if (!_tokens.Current.IsName("not"))
            return ParseCompare();
        Stack.Check();
        return new UnaryExpression(value => !Truth.Of(value), At(_tokens.Next(), ParseNot, out var at), at);
    }

    private Expression ParseCompare()
    {
        var first = ParseSum();
        var rest = new List<(string, Expression)>();
        var at = _tokens.Current.At;
        while (true)
        {
            var token = _tokens.Current;
            if (token.Kind == TokenKind.Operator && token.Text is "==" or "!=" or "<" or "<=" or ">" or ">=" || token.IsName("in"))
                _tokens.Next();
            else if (token.IsName("not") && _tokens.Following.IsName("in"))
            {
                _tokens.Next();
                _tokens.Next();
            }
            else
                return rest.Count == 0 ? first : new CompareExpression(first, rest, at);
            rest.Add((token.Text, ParseSum()));
        }
    }

    private Expression ParseSum() => ParseBinary(ParseConcat, sign => sign switch
    {
        "+" => Arithmetic.Add,
        "-" => Arithmetic.Subtract,
        _ => null,
    });

    private Expression ParseConcat()
    {
        var at = _tokens.Current.At;
        var parts = new List<Expression> { ParseProduct() };
        while (_tokens.SkipOperator("~"))
            parts.Add(ParseProduct());
        return parts.Count == 1 ? parts[0] : new ConcatExpression(parts, at);
    }

    private Expression ParseProduct() => ParseBinary(ParsePower, sign => sign switch
    {
        "*" => Arithmetic.Multiply,
        "/" => Arithmetic.Divide,
        "//" => Arithmetic.FloorDivide,
        "%" => Arithmetic.Modulo,
        _ => null,
    });

    private Expression ParsePower() => ParseBinary(() => ParseUnary(), sign => sign == "**" ? Power.Of : null);

    private Expression ParseUnary(bool withFilters = true)
    {
        Stack.Check();
        var token = _tokens.Current;
        Expression value;
        if (token.IsOperator("-") || token.IsOperator("+"))
        {
            _tokens.Next();
            value = new UnaryExpression(token.Text == "-" ? Arithmetic.Negate : Arithmetic.Plus, ParseUnary(withFilters: false), token.At);
        }
        else
            value = ParsePrimary();
        value = ParsePostfix(value);
        return withFilters ? ParseFiltersAndTests(value) : value;
    }

    private Expression ParseBinary(Func<Expression> operand, Func<string, Func<object?, object?, object?>?> find)
    {
        var left = operand();
        while (_tokens.Current.Kind == TokenKind.Operator && find(_tokens.Current.Text) is { } apply)
            left = new BinaryExpression(apply, left, At(_tokens.Next(), operand, out var at), at);
        return left;
    }

    private static Expression At(Token sign, Func<Expression> operand, out Position at)
    {
        at = sign.At;
        return operand();
    }
}
