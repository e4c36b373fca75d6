using Weir.Models.Jinja;

namespace Weir.Tests.Models.Jinja;

public sealed class ErrorPlaceTests
{
    [Theory]
    [InlineData("select 1\nfrom {{ nope.x }}", 2, 14)]
    [InlineData("a\n\n  {{ nope() }}", 3, 6)]
    [InlineData("{{ 1 +\n  'a' }}", 1, 6)]
    [InlineData("{% if a %}\n{{ b | upper | int }}{{ c < 1 }}{% endif %}", 2, 27)]
    [InlineData("{% for x in xs %}\n  {{ x.y.z }}{% endfor %}", 2, 10)]
    [InlineData("{% set a, b =\n 5 %}", 1, 4)]
    public void A_runtime_error_tells_line_and_column_of_what_failed(string text, int line, int column)
    {
        var scope = new Scope().Set("a", true).Set("b", "1").Set("xs", new[] { 1 });

        var error = Should.Throw<JinjaException>(() => Template.Parse(text, "models/m.sql").Render(scope));

        (error.File, error.Line, error.Column).ShouldBe(("models/m.sql", line, column), error.Message);
    }

    [Theory]
    [InlineData("select\n  {{ xs | nosuch }}", 2, 11)]
    [InlineData("x\r\n{% endif %}", 2, 4)]
    [InlineData("x\n{{ 'a }}", 2, 4)]
    [InlineData("x\n\n{# never ends", 3, 1)]
    [InlineData("x\n{% raw %} y", 2, 1)]
    [InlineData("{% if a %}\nx", 2, 2)]
    public void A_syntax_error_tells_line_and_column(string text, int line, int column)
    {
        var error = Should.Throw<JinjaException>(() => Template.Parse(text, "m.sql"));

        (error.Kind, error.Line, error.Column).ShouldBe((JinjaErrorKind.Syntax, line, column), error.Message);
        error.Located.ShouldStartWith($"m.sql({line},{column}): ");
    }

    [Fact]
    public void Lines_count_from_the_line_the_text_starts_on() =>
        Should.Throw<JinjaException>(() => Template.Parse("a\n{{ 1 / 0 }}", "m.sql", firstLine: 10).Render(new Scope())).Line.ShouldBe(11);

    [Fact]
    public void An_error_inside_a_macro_tells_the_macros_file_and_who_called_it()
    {
        var macros = new MacroSet();
        macros.Add(Template.Parse("{% macro outer() %}{{ inner() }}{% endmacro %}", "macros/outer.sql"));
        macros.Add(Template.Parse("\n{% macro inner() %}\n{{ missing_macro() }}{% endmacro %}", "macros/inner.sql"));

        var error = Should.Throw<JinjaException>(() => Template.Parse("{{ outer() }}", "m.sql").Render(new Scope { Macros = macros }));

        error.Message.ShouldBe("'missing_macro' is undefined");
        error.Located.ShouldStartWith("macros/inner.sql(3,4)");
        error.Trace.ShouldBe([new MacroCall("inner", "macros/inner.sql", 2), new MacroCall("outer", "macros/outer.sql", 1)]);
    }

    [Fact]
    public void A_function_that_refuses_is_placed_at_its_call()
    {
        var scope = new Scope().Set("ref", _ => throw new JinjaException(JinjaErrorKind.Raised, "no such model"));

        Should.Throw<JinjaException>(() => Template.Parse("x\n from {{ ref('a') }}", "m.sql").Render(scope)).Located.ShouldBe("m.sql(2,10): no such model");
    }

    [Fact]
    public void Endless_recursion_is_an_error_and_not_the_end_of_the_process() =>
        Should.Throw<JinjaException>(() => Template.Parse("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "m.sql").Render(new Scope()))
            .Kind.ShouldBe(JinjaErrorKind.Recursion);

    [Fact]
    public void Endless_nesting_is_an_error_and_not_the_end_of_the_process() =>
        Should.Throw<JinjaException>(() => Template.Parse("{{ " + new string('(', 200_000) + " }}", "m.sql"));
}
