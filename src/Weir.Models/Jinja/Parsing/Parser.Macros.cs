namespace Weir.Models.Jinja;

/// <summary>Macros, call blocks, and the tags that define a macro under a longer name.</summary>
internal sealed partial class Parser
{
    /// <summary>For each macro being read, the special names its body reads.</summary>
    private readonly List<MacroNames> _macros = [];

    private MacroDefinition ParseMacro(Position at)
    {
        var name = _tokens.ExpectName().Text;
        return ParseMacroBody(name, ParseParameters(), at, "endmacro");
    }

    /// <summary><c>{% test name(model) %}</c> defines the macro <c>test_name</c>.</summary>
    private MacroDefinition ParseTestMacro(Position at)
    {
        var name = _tokens.ExpectName().Text;
        return ParseMacroBody($"test_{name}", ParseParameters(), at, "endtest", "enddata_test");
    }

    /// <summary><c>{% materialization name, adapter='x' %}</c> defines the macro <c>materialization_name_x</c>; <c>default</c> is an adapter too.</summary>
    private MacroDefinition ParseMaterialization(Position at)
    {
        var name = _tokens.ExpectName().Text;
        var adapter = "default";
        while (_tokens.SkipOperator(","))
        {
            var option = _tokens.ExpectName();
            if (option.Text == "default")
                continue;
            _tokens.ExpectOperator("=");
            var value = ParseExpression();
            if (option.Text == "adapter")
                adapter = (value as ConstantExpression)?.Value as string ?? throw _tokens.Fail("adapter must be text", option.At);
            else if (option.Text != "supported_languages")
                throw _tokens.Fail($"materialization '{name}' received unknown argument '{option.Text}'.", option.At);
        }
        return ParseMacroBody($"materialization_{name}_{adapter}", [], at, "endmaterialization");
    }

    private CallBlockStatement ParseCallBlock(Position at)
    {
        var parameters = _tokens.Current.IsOperator("(") ? ParseParameters() : [];
        var call = ParseExpression() as CallExpression ?? throw _tokens.Fail("expected call", at);
        return new CallBlockStatement(call, ParseMacroBody("caller", parameters, at, "endcall"), at);
    }

    private List<MacroParameter> ParseParameters()
    {
        var parameters = new List<MacroParameter>();
        _tokens.ExpectOperator("(");
        while (!_tokens.Current.IsOperator(")"))
        {
            if (parameters.Count > 0)
                _tokens.ExpectOperator(",");
            var name = _tokens.ExpectName();
            if (parameters.Any(parameter => parameter.Name == name.Text))
                throw _tokens.Fail($"duplicate argument '{name.Text}' in function definition", name.At);
            if (_tokens.SkipOperator(":"))
                SkipTypeName();
            var value = _tokens.SkipOperator("=") ? ParseExpression() : null;
            if (value is null && parameters.Count > 0 && parameters[^1].Default is not null)
                throw _tokens.Fail("non-default argument follows default argument", name.At);
            parameters.Add(new MacroParameter(name.Text, value));
        }
        _tokens.ExpectOperator(")");
        return parameters;
    }

    /// <summary>A parameter's type, <c>name: list[string]</c>, is documentation.</summary>
    private void SkipTypeName()
    {
        _tokens.ExpectName();
        if (!_tokens.SkipOperator("["))
            return;
        do
            SkipTypeName();
        while (_tokens.SkipOperator(","));
        _tokens.ExpectOperator("]");
    }

    private MacroDefinition ParseMacroBody(string name, List<MacroParameter> parameters, Position at, params string[] ends)
    {
        var loops = _loops;
        _loops = 0;
        _macros.Add(MacroNames.None);
        var body = ParseWhole(ends);
        var uses = _macros[^1];
        _macros.RemoveAt(_macros.Count - 1);
        _loops = loops;
        return new MacroDefinition(name, parameters, body, uses, at);
    }

    private void NoteName(string name)
    {
        var special = name switch { "caller" => MacroNames.Caller, "varargs" => MacroNames.VarArgs, "kwargs" => MacroNames.KwArgs, _ => MacroNames.None };
        for (var index = 0; special != MacroNames.None && index < _macros.Count; index++)
            _macros[index] |= special;
    }
}
