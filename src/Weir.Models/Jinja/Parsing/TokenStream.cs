namespace Weir.Models.Jinja;

/// <summary>A place in the list of tokens.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens, SourceText source)
{
    public int Index { get; private set; }

    public Token Current => tokens[Index];

    public Token Following => tokens[Math.Min(Index + 1, tokens.Count - 1)];

    public Token Next()
    {
        var token = Current;
        if (Index + 1 < tokens.Count)
            Index++;
        return token;
    }

    public bool SkipName(string name) => Skip(Current.IsName(name));

    public bool SkipOperator(string sign) => Skip(Current.IsOperator(sign));

    public Token Expect(TokenKind kind, string description) => Current.Kind == kind ? Next() : throw Unexpected(description);

    public Token ExpectName() => Expect(TokenKind.Name, "name");

    public void ExpectName(string name)
    {
        if (!SkipName(name))
            throw Unexpected(name);
    }

    public void ExpectOperator(string sign)
    {
        if (!SkipOperator(sign))
            throw Unexpected(sign);
    }

    public JinjaException Fail(string message) => source.Fail(message, Current.At);

    public JinjaException Fail(string message, Position at) => source.Fail(message, at);

    private JinjaException Unexpected(string description) => Current.Kind == TokenKind.End
        ? Fail($"unexpected end of template, expected {Repr.Of(description)}.")
        : Fail($"expected token {Repr.Of(description)}, got {Repr.Of(Current.Description)}");

    private bool Skip(bool isThere)
    {
        if (isThere)
            Next();
        return isThere;
    }
}
