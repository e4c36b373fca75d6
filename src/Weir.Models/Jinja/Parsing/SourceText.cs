namespace Weir.Models.Jinja;

/// <summary>A template's text with line ends made one, without its last newline, and the line and column of each place.</summary>
internal sealed class SourceText
{
    private readonly string _file;
    private readonly int _firstLine;
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text, string file, int firstLine)
    {
        _file = file;
        _firstLine = firstLine;
        Text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (Text.EndsWith('\n'))
            Text = Text[..^1];
        for (var index = 0; index < Text.Length; index++)
            if (Text[index] == '\n')
                _lineStarts.Add(index + 1);
    }

    public string Text { get; }

    public Position At(int offset)
    {
        var line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return new Position(_firstLine + line, offset - _lineStarts[line] + 1);
    }

    public JinjaException Fail(string message, int offset) => Fail(message, At(offset));

    public JinjaException Fail(string message, Position at)
    {
        var error = new JinjaException(JinjaErrorKind.Syntax, message);
        error.Locate(_file, at);
        return error;
    }
}
