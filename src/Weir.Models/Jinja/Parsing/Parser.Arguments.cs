namespace Weir.Models.Jinja;

/// <summary>The arguments of a call, a filter or a test.</summary>
internal sealed partial class Parser
{
    private CallArguments ParseArguments()
    {
        var at = _tokens.Current.At;
        _tokens.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        Expression? star = null, stars = null;
        while (!_tokens.Current.IsOperator(")"))
        {
            if (_tokens.SkipOperator("*"))
            {
                Ensure(star is null && stars is null);
                star = ParseExpression();
            }
            else if (_tokens.SkipOperator("**"))
            {
                Ensure(stars is null);
                stars = ParseExpression();
            }
            else if (_tokens.Current.Kind == TokenKind.Name && _tokens.Following.IsOperator("="))
            {
                Ensure(stars is null);
                var name = _tokens.Next().Text;
                _tokens.Next();
                named.Add((name, ParseExpression()));
            }
            else
            {
                Ensure(star is null && stars is null && named.Count == 0);
                positional.Add(ParseExpression());
            }
            if (!_tokens.Current.IsOperator(")"))
                _tokens.ExpectOperator(",");
        }
        _tokens.Next();
        return new CallArguments(positional, named, star, stars);

        void Ensure(bool isValid)
        {
            if (!isValid)
                throw _tokens.Fail("invalid syntax for function call expression", at);
        }
    }
}
