using System.Numerics;
using Weir.Models.Jinja;

namespace Weir.Tests.Models.Jinja;

/// <summary>What a host gives a template, and what it gets back.</summary>
public sealed class HostTests
{
    private static readonly Scope Empty = new();

    [Fact]
    public void Return_ends_a_macro_with_a_native_value_even_inside_a_loop()
    {
        var scope = new Scope().Set("return", MacroReturn.Function);

        Render("{% macro f() %}{% for x in [1, 2] %}{{ return([x, 'two']) }}{% endfor %}after{% endmacro %}{{ f()[0] + 1 }}", scope).ShouldBe("2");
    }

    [Fact]
    public void Return_inside_a_call_block_ends_the_macro_that_called_it()
    {
        var scope = new Scope().Set("return", MacroReturn.Function);

        Render("{% macro f() %}{{ caller() }}late{% endmacro %}{% call f() %}{{ return(5) }}{% endcall %}", scope).ShouldBe("5");
    }

    [Fact]
    public void Macros_of_many_files_see_each_other_and_the_scope_of_the_model()
    {
        var macros = new MacroSet();
        macros.Add(Template.Parse("{% macro a(x) %}{{ b(x) }} in {{ model }}{% endmacro %}", "a.sql"));
        macros.Add(Template.Parse("{% set unit = 'cents' %}{% macro b(x) %}{{ x }} {{ unit }}{% endmacro %}", "b.sql"));
        var scope = new Scope { Macros = macros }.Set("model", "orders");

        Render("{% set model = 'mine' %}{{ a(1) }}", scope).ShouldBe("1 cents in orders");
        macros.Find("b")!.Bind(scope).Call(Arguments.Of(7)).ShouldBe("7 cents");
    }

    [Fact]
    public void A_macro_not_in_a_package_is_looked_for_in_its_fallback()
    {
        var shipped = new MacroSet();
        shipped.Add(Template.Parse("{% macro a() %}shipped a{{ b() }}{% endmacro %}{% macro b() %}shipped b{% endmacro %}", "shipped.sql"));
        var own = new MacroSet(shipped);
        own.Add(Template.Parse("{% macro b() %} own b{% endmacro %}", "own.sql"));

        Render("{{ a() }}", new Scope { Macros = own }).ShouldBe("shipped a own b");
    }

    [Fact]
    public void Tests_and_materializations_are_macros_under_a_longer_name()
    {
        var template = Template.Parse(
            "{% test positive(model, column_name='x') %}t{% endtest %}{% materialization swap, adapter='duckdb' %}m{% endmaterialization %}"
            + "{% materialization plain, default %}m{% endmaterialization %}", "m.sql");

        template.Macros.Select(macro => macro.Name).ShouldBe(["test_positive", "materialization_swap_duckdb", "materialization_plain_default"]);
    }

    [Fact]
    public void Functions_receive_positional_and_keyword_arguments_and_the_block_of_a_call()
    {
        Arguments? seen = null;
        var scope = new Scope().Set("statement", arguments =>
        {
            seen = arguments;
            return ((IJinjaCallable)arguments.Named["caller"]!).Call(Arguments.None);
        });

        Render("{% call statement('main', fetch=true) %}select {{ 1 }}{% endcall %}", scope).ShouldBe("select 1");
        seen!.Positional.ShouldBe(["main"]);
        seen.Named["fetch"].ShouldBe(true);
    }

    [Fact]
    public void Values_of_dotnet_become_values_of_jinja()
    {
        var scope = new Scope()
            .Set("list", new[] { 1, 2 }).Set("map", new Dictionary<string, object?> { ["a"] = 1.5m, ["b"] = null })
            .Set("big", BigInteger.Pow(2, 70)).Set("day", new DateOnly(2024, 2, 29)).Set("time", new DateTime(2024, 2, 29, 13, 0, 1));

        Render("{{ list }} {{ map }} {{ big + 1 }} {{ day }} {{ time }}", scope)
            .ShouldBe("[1, 2] {'a': 1.5, 'b': None} 1180591620717411303425 2024-02-29 2024-02-29 13:00:01");
    }

    [Fact]
    public void A_whole_number_that_outgrows_64_bits_goes_on()
    {
        Render("{{ 9223372036854775807 + 1 }} {{ -9223372036854775808 - 1 }} {{ (9223372036854775808 - 1) is integer }}", Empty)
            .ShouldBe("9223372036854775808 -9223372036854775809 True");
    }

    [Fact]
    public void Objects_of_the_host_answer_attributes_items_and_calls()
    {
        var scope = new Scope().Set("target", new Target());

        Render("{{ target.name }} {{ target['port'] }} {{ target.nope is defined }} {{ target }}", scope).ShouldBe("dev 5432 False <target>");
    }

    private static string Render(string text, Scope scope) => Template.Parse(text, "m.sql").Render(scope);

    private sealed class Target : IJinjaObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = "dev";
            return name == "name";
        }

        public bool TryGetItem(object? key, out object? value)
        {
            value = 5432;
            return key is "port";
        }

        public override string ToString() => "<target>";
    }
}
