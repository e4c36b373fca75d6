namespace Weir.Models.Jinja;

/// <summary>Reads the tokens inside one tag, up to its end; brackets must balance before the end counts.</summary>
internal sealed class TagLexer(SourceText source, List<Token> tokens, bool isBlock)
{
    private static readonly string[] Operators =
        ["//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";"];

    private readonly string _text = source.Text;
    private readonly Stack<char> _closing = new();
    private int _at;

    /// <summary>Gives where the text after the tag starts.</summary>
    public int Read(int from)
    {
        _at = from;
        while (_at < _text.Length)
        {
            if (_closing.Count == 0 && TryEnd())
                return _at;
            if (char.IsWhiteSpace(_text[_at]))
                _at++;
            else
                ReadToken();
        }
        return _at;
    }

    private bool TryEnd()
    {
        var end = isBlock ? "%}" : "}}";
        var sign = _text[_at] == '-' || (isBlock && _text[_at] == '+') ? 1 : 0;
        if (string.CompareOrdinal(_text, _at + sign, end, 0, 2) != 0)
            return false;
        var isTrimming = _text[_at] == '-';
        tokens.Add(new Token(isBlock ? TokenKind.BlockEnd : TokenKind.VariableEnd, "", null, source.At(_at)));
        _at += sign + 2;
        while (isTrimming && _at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return true;
    }

    private void ReadToken()
    {
        var character = _text[_at];
        if (char.IsAsciiDigit(character))
            ReadNumber();
        else if (character is '\'' or '"')
            ReadString(character);
        else if (IsNamePart(character))
            ReadName();
        else
            ReadOperator();
    }

    private void ReadNumber()
    {
        var number = NumberLiteral.Read(_text, _at, out var length);
        tokens.Add(new Token(number is double ? TokenKind.Float : TokenKind.Integer, _text.Substring(_at, length), number, source.At(_at)));
        _at += length;
    }

    private void ReadString(char quote)
    {
        var end = _at + 1;
        while (end < _text.Length && _text[end] != quote)
            end += _text[end] == '\\' ? 2 : 1;
        if (end >= _text.Length)
            throw source.Fail($"unexpected char {Quote.Text(quote.ToString())} at {_at}", _at);
        string value;
        try
        {
            value = StringLiteral.Unescape(_text[(_at + 1)..end]);
        }
        catch (FormatException wrong)
        {
            throw source.Fail(wrong.Message, _at);
        }
        tokens.Add(new Token(TokenKind.String, value, value, source.At(_at)));
        _at = end + 1;
    }

    private void ReadName()
    {
        var end = _at;
        while (end < _text.Length && IsNamePart(_text[end]))
            end++;
        tokens.Add(new Token(TokenKind.Name, _text[_at..end], null, source.At(_at)));
        _at = end;
    }

    private void ReadOperator()
    {
        var sign = Array.Find(Operators, sign => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0)
            ?? throw source.Fail($"unexpected char {Quote.Text(_text[_at].ToString())} at {_at}", _at);
        if (sign is "(" or "[" or "{")
            _closing.Push(sign switch { "(" => ')', "[" => ']', _ => '}' });
        else if (sign is ")" or "]" or "}")
            Close(sign[0]);
        tokens.Add(new Token(TokenKind.Operator, sign, null, source.At(_at)));
        _at += sign.Length;
    }

    private void Close(char sign)
    {
        if (_closing.Count == 0)
            throw source.Fail($"unexpected '{sign}'", _at);
        var expected = _closing.Pop();
        if (expected != sign)
            throw source.Fail($"unexpected '{sign}', expected '{expected}'", _at);
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';
}
