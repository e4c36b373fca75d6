namespace Weir.Models.Jinja;

/// <summary>Cuts a template into text and tags, with whitespace control, comments and raw blocks; <see cref="TagLexer"/> reads inside the tags.</summary>
internal sealed class Lexer(SourceText source)
{
    private readonly string _text = source.Text;
    private readonly List<Token> _tokens = [];
    private int _at;

    public List<Token> Read()
    {
        while (_at < _text.Length)
        {
            var begin = NextTag(_at);
            if (begin < 0)
            {
                AddData(_text[_at..], _at);
                _at = _text.Length;
                break;
            }
            var sign = begin + 2 < _text.Length ? _text[begin + 2] : ' ';
            AddData(sign == '-' ? _text[_at..begin].TrimEnd() : _text[_at..begin], _at);
            ReadTag(begin, begin + (sign is '-' or '+' ? 3 : 2));
        }
        _tokens.Add(new Token(TokenKind.End, "", null, source.At(_text.Length)));
        return _tokens;
    }

    private int NextTag(int from)
    {
        for (var at = _text.IndexOf('{', from); at >= 0 && at + 1 < _text.Length; at = _text.IndexOf('{', at + 1))
            if (_text[at + 1] is '{' or '%' or '#')
                return at;
        return -1;
    }

    private void ReadTag(int begin, int inside)
    {
        switch (_text[begin + 1])
        {
            case '#':
                SkipComment(begin, inside);
                break;
            case '%' when TryWordTag(inside, "raw", out var rawStart):
                ReadRaw(begin, rawStart);
                break;
            case var kind:
                var isBlock = kind == '%';
                _tokens.Add(new Token(isBlock ? TokenKind.BlockBegin : TokenKind.VariableBegin, "", null, source.At(begin)));
                _at = new TagLexer(source, _tokens, isBlock).Read(inside);
                break;
        }
    }

    private void SkipComment(int begin, int inside)
    {
        var end = inside <= _text.Length ? _text.IndexOf("#}", inside, StringComparison.Ordinal) : -1;
        if (end < 0)
            throw source.Fail("Missing end of comment tag", begin);
        _at = end > inside && _text[end - 1] == '-' ? SkipSpace(end + 2) : end + 2;
    }

    private void ReadRaw(int begin, int start)
    {
        for (var at = _text.IndexOf("{%", start, StringComparison.Ordinal); at >= 0; at = _text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            var sign = at + 2 < _text.Length ? _text[at + 2] : ' ';
            if (!TryWordTag(sign is '-' or '+' ? at + 3 : at + 2, "endraw", out var end))
                continue;
            AddData(sign == '-' ? _text[start..at].TrimEnd() : _text[start..at], start);
            _at = end;
            return;
        }
        throw source.Fail("Missing end of raw directive", begin);
    }

    /// <summary>A tag of one word, from after its opening; gives where the text after it goes on.</summary>
    private bool TryWordTag(int from, string word, out int after)
    {
        after = SkipSpace(from);
        if (string.CompareOrdinal(_text, after, word, 0, word.Length) != 0)
            return false;
        after = SkipSpace(after + word.Length);
        var isTrimming = after < _text.Length && _text[after] == '-';
        if (isTrimming || (after < _text.Length && _text[after] == '+'))
            after++;
        if (string.CompareOrdinal(_text, after, "%}", 0, 2) != 0)
            return false;
        after = isTrimming ? SkipSpace(after + 2) : after + 2;
        return true;
    }

    private int SkipSpace(int from)
    {
        while (from < _text.Length && char.IsWhiteSpace(_text[from]))
            from++;
        return from;
    }

    private void AddData(string text, int at)
    {
        if (text.Length > 0)
            _tokens.Add(new Token(TokenKind.Data, text, null, source.At(at)));
    }
}
