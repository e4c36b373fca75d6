namespace Weir.Models.Jinja;

/// <summary>Reads text that is one Python literal: a number, text, <c>True False None</c>, or a list, tuple or dictionary of them.</summary>
internal static class PythonLiteral
{
    public static bool TryParse(string text, out object? value)
    {
        value = null;
        try
        {
            var source = new SourceText(text.Trim() + "}}", "", 1);
            var tokens = new List<Token>();
            if (new TagLexer(source, tokens, isBlock: false).Read(0) != source.Text.Length || tokens is not [.., { Kind: TokenKind.VariableEnd }])
                return false;
            tokens.Add(new Token(TokenKind.End, "", null, default));
            var stream = new TokenStream(tokens, source);
            value = ReadTuple(stream, isEnd: token => token.Kind == TokenKind.VariableEnd);
            return stream.Current.Kind == TokenKind.VariableEnd && stream.Following.Kind == TokenKind.End;
        }
        catch (JinjaException)
        {
            return false;
        }
    }

    private static object? Read(TokenStream tokens)
    {
        Stack.Check();
        var token = tokens.Next();
        switch (token.Kind)
        {
            case TokenKind.Integer or TokenKind.Float:
                return token.Value;
            case TokenKind.String:
                return tokens.Current.Kind == TokenKind.String ? token.Text + (string?)Read(tokens) : token.Text;
            case TokenKind.Name when token.Text is "True" or "False":
                return token.Text == "True";
            case TokenKind.Name when token.Text == "None":
                return null;
            case TokenKind.Operator when token.Text is "-" or "+" && tokens.Current.Kind is TokenKind.Integer or TokenKind.Float:
                return token.Text == "-" ? Arithmetic.Negate(Read(tokens)) : Read(tokens);
            case TokenKind.Operator when token.Text == "[":
                var items = ReadItems(tokens, next => next.IsOperator("]"), out _);
                tokens.ExpectOperator("]");
                return items;
            case TokenKind.Operator when token.Text == "(":
                var inner = ReadTuple(tokens, next => next.IsOperator(")"));
                tokens.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "{":
                return ReadDict(tokens);
            default:
                throw tokens.Fail("not a literal");
        }
    }

    private static object? ReadTuple(TokenStream tokens, Func<Token, bool> isEnd)
    {
        var items = ReadItems(tokens, isEnd, out var hasComma);
        return items.Count == 1 && !hasComma ? items[0] : new JinjaTuple([.. items]);
    }

    private static List<object?> ReadItems(TokenStream tokens, Func<Token, bool> isEnd, out bool hasComma)
    {
        var items = new List<object?>();
        hasComma = false;
        while (!isEnd(tokens.Current))
        {
            items.Add(Read(tokens));
            if (!tokens.SkipOperator(","))
                break;
            hasComma = true;
        }
        return items;
    }

    private static JinjaDict ReadDict(TokenStream tokens)
    {
        var dict = new JinjaDict();
        while (!tokens.Current.IsOperator("}"))
        {
            var key = Read(tokens);
            tokens.ExpectOperator(":");
            dict[key] = Read(tokens);
            if (!tokens.SkipOperator(","))
                break;
        }
        tokens.ExpectOperator("}");
        return dict;
    }
}
