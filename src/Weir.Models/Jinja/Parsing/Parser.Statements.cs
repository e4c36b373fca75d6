namespace Weir.Models.Jinja;

/// <summary>Statements but for macros.</summary>
internal sealed partial class Parser
{
    private int _loops;

    private IEnumerable<Statement> ParseStatement()
    {
        var tag = _tokens.Current;
        if (tag.Kind != TokenKind.Name)
            throw _tokens.Fail("tag name expected");
        if (FindTag(tag.Text) is not { } parse)
            throw FailNesting(tag.Text, _wanted);
        Stack.Check();
        _open.Push(tag.Text);
        _tokens.Next();
        var statement = parse(tag.At);
        _open.Pop();
        return statement is null ? [] : [statement];
    }

    private Func<Position, Statement?>? FindTag(string name) => name switch
    {
        "for" => ParseFor,
        "if" => ParseIf,
        "set" => ParseSet,
        "with" => ParseWith,
        "block" => ParseBlock,
        "filter" => ParseFilterBlock,
        "macro" => ParseMacro,
        "call" => ParseCallBlock,
        "test" or "data_test" => ParseTestMacro,
        "materialization" => ParseMaterialization,
        "do" => at => new DoStatement(ParseTuple(), at),
        "print" => at => new OutputStatement(ParseTuple()),
        "break" => at => ParseLoopControl(Signal.Break, at),
        "continue" => at => ParseLoopControl(Signal.Continue, at),
        "include" or "extends" or "import" or "from" => ParseLoader,
        _ => null,
    };

    private ForStatement ParseFor(Position at)
    {
        var target = ParseTarget(end: "in");
        _tokens.ExpectName("in");
        var items = ParseTuple(withCondition: false, end: "recursive");
        var test = _tokens.SkipName("if") ? ParseExpression() : null;
        var isRecursive = _tokens.SkipName("recursive");
        _loops++;
        var body = ParseBody(false, "endfor", "else");
        _loops--;
        var otherwise = _tokens.Next().Text == "else" ? ParseWhole("endfor") : [];
        return new ForStatement(target, items, test, isRecursive, body, otherwise, at);
    }

    private IfStatement ParseIf(Position at)
    {
        var branches = new List<(Expression, IReadOnlyList<Statement>)>();
        while (true)
        {
            var from = _tokens.Index;
            var test = ParseTuple(withCondition: false);
            ForgiveUnknownSince(from);
            branches.Add((test, ParseBody(true, "elif", "else", "endif")));
            var end = _tokens.Next().Text;
            if (end == "elif")
                continue;
            if (end != "else")
                return new IfStatement(branches, [], at);
            var otherwise = ParseBody(true, "endif");
            _tokens.Next();
            return new IfStatement(branches, otherwise, at);
        }
    }

    private Statement ParseSet(Position at)
    {
        var target = ParseTarget(withNamespace: true);
        if (_tokens.SkipOperator("="))
            return new SetStatement(target, ParseTuple(), at);
        var filter = ParseFilters(null);
        return new SetBlockStatement(target, (FilterExpression?)filter, ParseOutsideLoop("endset"), at);
    }

    private WithStatement ParseWith(Position at)
    {
        var values = new List<(Expression, Expression)>();
        while (_tokens.Current.Kind is not (TokenKind.BlockEnd or TokenKind.End))
        {
            if (values.Count > 0)
                _tokens.ExpectOperator(",");
            var target = ParseTarget();
            _tokens.ExpectOperator("=");
            values.Add((target, ParseExpression()));
        }
        return new WithStatement(values, ParseWhole("endwith"), at);
    }

    private BlockStatement ParseBlock(Position at)
    {
        var name = _tokens.ExpectName().Text;
        _tokens.SkipName("scoped");
        _tokens.SkipName("required");
        var body = ParseOutsideLoop("endblock");
        _tokens.SkipName(name);
        return new BlockStatement(body, at);
    }

    private FilterBlockStatement ParseFilterBlock(Position at)
    {
        var filter = ParseFilters(ParseFilter(null));
        return new FilterBlockStatement((FilterExpression)filter!, ParseOutsideLoop("endfilter"), at);
    }

    private LoopControlStatement ParseLoopControl(Signal signal, Position at) => _loops > 0
        ? new LoopControlStatement(signal, at)
        : throw _tokens.Fail(signal == Signal.Break ? "'break' outside loop" : "'continue' not properly in loop", at);

    private LoaderStatement ParseLoader(Position at)
    {
        while (_tokens.Current.Kind is not (TokenKind.BlockEnd or TokenKind.End))
            _tokens.Next();
        return new LoaderStatement(at);
    }

    /// <summary>A body whose text is caught cannot break the loop around it.</summary>
    private List<Statement> ParseOutsideLoop(string end)
    {
        var loops = _loops;
        _loops = 0;
        var body = ParseWhole(end);
        _loops = loops;
        return body;
    }
}
