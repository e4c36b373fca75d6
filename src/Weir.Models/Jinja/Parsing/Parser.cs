namespace Weir.Models.Jinja;

/// <summary>
/// Reads a template by recursive descent, with the grammar and the messages of Jinja 3. Here: text, tags and their nesting; the other files hold
/// statements, macros and expressions.
/// </summary>
internal sealed partial class Parser
{
    private readonly TokenStream _tokens;
    private readonly List<string[]> _wanted = [];
    private readonly Stack<string> _open = new();

    public Parser(string text, string file, int firstLine)
    {
        var source = new SourceText(text, file, firstLine);
        _tokens = new TokenStream(new Lexer(source).Read(), source);
    }

    public IReadOnlyList<Statement> ParseTemplate()
    {
        var statements = ParseUntil(null);
        RefuseUnknown();
        return statements;
    }

    /// <summary>The body of a tag, up to but not past the tag that ends it.</summary>
    private List<Statement> ParseBody(bool isConditional, params string[] ends)
    {
        _tokens.SkipOperator(":");
        _tokens.Expect(TokenKind.BlockEnd, "end of statement block");
        var outer = _isConditional;
        _isConditional = isConditional;
        var body = ParseUntil(ends);
        _isConditional = outer;
        if (_tokens.Current.Kind == TokenKind.End)
            throw FailNesting(null, [.. _wanted, ends]);
        return body;
    }

    /// <summary>The body and the name of the tag that ends it.</summary>
    private List<Statement> ParseWhole(params string[] ends)
    {
        var body = ParseBody(false, ends);
        _tokens.Next();
        return body;
    }

    private List<Statement> ParseUntil(string[]? ends)
    {
        var body = new List<Statement>();
        if (ends is not null)
            _wanted.Add(ends);
        while (_tokens.Current.Kind != TokenKind.End)
        {
            var token = _tokens.Next();
            if (token.Kind == TokenKind.Data)
                body.Add(new TextStatement(token.Text, token.At));
            else if (token.Kind == TokenKind.VariableBegin)
            {
                body.Add(new OutputStatement(ParseTuple()));
                _tokens.Expect(TokenKind.VariableEnd, "end of print statement");
            }
            else
            {
                if (ends is not null && _tokens.Current.Kind == TokenKind.Name && ends.Contains(_tokens.Current.Text))
                    break;
                body.AddRange(ParseStatement());
                _tokens.Expect(TokenKind.BlockEnd, "end of statement block");
            }
        }
        if (ends is not null)
            _wanted.RemoveAt(_wanted.Count - 1);
        return body;
    }

    private JinjaException FailNesting(string? tag, List<string[]> wanted)
    {
        var message = tag is null ? "Unexpected end of template." : $"Encountered unknown tag '{tag}'.";
        if (wanted.Count > 0)
        {
            var names = string.Join(" or ", wanted[^1].Select(name => $"'{name}'"));
            message += tag is not null && wanted.Any(names => names.Contains(tag))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {names}."
                : $" Jinja was looking for the following tags: {names}.";
        }
        if (_open.Count > 0)
            message += $" The innermost block that needs to be closed is '{_open.Peek()}'.";
        return _tokens.Fail(message);
    }
}
