namespace Weir.Models.Jinja;

/// <summary>The left side of assignments, and the filters and tests nobody knows.</summary>
internal sealed partial class Parser
{
    private readonly List<(int Token, JinjaException Error)> _unknown = [];
    private bool _isConditional;

    private Expression ParseTarget(bool withNamespace = false, string? end = null)
    {
        var at = _tokens.Current.At;
        var target = ParseTuple(() => ParseTargetItem(withNamespace), end, isTupleAllowedEmpty: false);
        return CheckTarget(target) ?? throw _tokens.Fail($"can't assign to '{KindOf(target)}'", at);
    }

    private Expression ParseTargetItem(bool withNamespace)
    {
        var token = _tokens.Current;
        if (!withNamespace || token.Kind != TokenKind.Name || !_tokens.Following.IsOperator("."))
            return ParsePrimary();
        _tokens.Next();
        _tokens.Next();
        return new NamespaceReference(token.Text, _tokens.ExpectName().Text, token.At);
    }

    private static Expression? CheckTarget(Expression target) => target switch
    {
        NameExpression or NamespaceReference => target,
        TupleExpression tuple => tuple.Items.All(item => CheckTarget(item) is not null) ? target : null,
        _ => null,
    };

    private static string KindOf(Expression target) => target switch
    {
        ConstantExpression => "const",
        ListExpression => "list",
        DictExpression => "dict",
        TupleExpression => "tuple",
        _ => "expression",
    };

    /// <summary>An unknown filter or test fails the parse, but in a branch that may not run it fails only when reached.</summary>
    private void NoteUnknown(string message, Token name)
    {
        if (!_isConditional)
            _unknown.Add((_tokens.Index, _tokens.Fail(message, name.At)));
    }

    private void ForgiveUnknownSince(int token) => _unknown.RemoveAll(item => item.Token > token);

    private void RefuseUnknown()
    {
        if (_unknown.Count > 0)
            throw _unknown[0].Error;
    }
}
