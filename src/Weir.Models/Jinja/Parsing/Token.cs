namespace Weir.Models.Jinja;

internal enum TokenKind { Data, VariableBegin, VariableEnd, BlockBegin, BlockEnd, Name, String, Integer, Float, Operator, End }

/// <summary><paramref name="Text"/> is the name, the operator or the data; <paramref name="Value"/> that of a literal.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, object? Value, Position At)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    public bool IsOperator(string sign) => Kind == TokenKind.Operator && Text == sign;

    /// <summary>The token in the words of an error message.</summary>
    public string Description => Kind switch
    {
        TokenKind.Name or TokenKind.Operator => Text,
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.Data => "template data / text",
        TokenKind.End => "end of template",
        TokenKind.String => "string",
        TokenKind.Integer => "integer",
        _ => "float",
    };
}
