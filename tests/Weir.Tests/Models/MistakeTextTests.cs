using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>What people read after a mistake: the place, the line with a mark under the word, and what to do.</summary>
public class MistakeTextTests
{
    private const string Orders = "select 1 as id, 'a' as customer, 10 as amount";

    [Theory]
    [InlineData("select\n  id\n  customer as c\nfrom {{ ref('orders') }}", "models/x.sql:3: WEIR7021", "compiled line 3: customer as c\n                            ^\n  Look at the mark and just before it")]
    [InlineData("select id, amuont from {{ ref('orders') }}", "models/x.sql:1: WEIR7021", "compiled line 1: select id, amuont from \"memory\".\"main\".\"orders\"\n                              ^\n  Compare the names")]
    [InlineData("select id from {{ ref('orders') }};", "models/x.sql:1: WEIR7021", "without a semicolon at its end.")]
    [InlineData("select customer, sum(amount) from {{ ref('orders') }}", "models/x.sql:1: WEIR7021", "must appear in the GROUP BY clause")]
    [InlineData("{{ config(materialized='table') }}select cast(customer as int) as c from {{ ref('orders') }}", "models/x.sql:1: WEIR7021", "use try_cast(…)")]
    [InlineData("select datdiff('day', now(), now()) as d", "models/x.sql:1: WEIR7021", "Look for a misspelt function")]
    [InlineData("select * from nowhere", "models/x.sql:1: WEIR7021", "Read other models with {{ ref('…') }}")]
    [InlineData("{% if false %}select 1{% endif %}", "models/x.sql: WEIR7021", "nothing is left of this one once its template is run")]
    [InlineData("select\n  id,\n  {{ cents() }} as c\nfrom {{ ref('orders') }}", "models/x.sql:3: WEIR7021", "written in macros/cents.sql:2")]
    [InlineData("select {{ dbt_utils.star(ref('orders')) }}", "models/x.sql:1: WEIR7020", "If 'dbt_utils' is a package, name it in packages.yml")]
    [InlineData("select * from {{ ref(orders) }}", "models/x.sql:1: WEIR7020", "put it in quotes: 'orders'.\n  line 1: select * from {{ ref(orders) }}")]
    [InlineData("{{ config(materialized=table) }}select 1 as id", "models/x.sql:1: WEIR7020", "put it in quotes: 'table'.")]
    [InlineData("{{ confg(materialized='table') }}select 1 as id", "models/x.sql:1: WEIR7020", "Did you mean 'config'?")]
    [InlineData("select {{ cnts('amount') }} from {{ ref('orders') }}", "models/x.sql:1: WEIR7020", "Did you mean 'cents'?")]
    public async Task A_mistake_found_at_run_time_shows_the_line_and_what_to_do(string model, string place, string text)
    {
        using var project = Project();
        project.Model("x", model);
        var message = SmallProject.MessageOf(await project.Build(), "x");
        message.ShouldStartWith(place);
        message.ShouldContain(text);
        message.ShouldNotContain("__weir_build");
    }

    [Theory]
    [InlineData("models/x.sql", "select 1 as id\nfrom {{ ref('orders') }", "models/x.sql:2: WEIR7006 unexpected '}'", "Close `{{` with `}}`, `{%` with `%}`, and each bracket with its own kind.\n  line 2: from {{ ref('orders') }")]
    [InlineData("models/x.sql", "{% if true %}\nselect 1 as id", "models/x.sql:2: WEIR7006", "Write `{% endif %}` where it ends.\n  line 2: select 1 as id")]
    [InlineData("models/x.sql", "{% for x in [1] %}select 1{% endif %}", "models/x.sql:1: WEIR7006", "a block that another one's end closes.")]
    [InlineData("models/x.sql", "{# a note\nselect 1", "models/x.sql:1: WEIR7006", "Close it with `#}`.")]
    [InlineData("models/x.sql", "select {{ cents('amount', 2, 3) }}", "models/x.sql:1: WEIR7006", "It is cents(column, digits=…) in macros/cents.sql:1.")]
    [InlineData("models/x.sql", "select {{ cents(colum='amount') }}", "models/x.sql:1: WEIR7006", "It is cents(column, digits=…) in macros/cents.sql:1.")]
    [InlineData("models/x.sql", "select * from {{ source('shop') }}", "models/x.sql:1: WEIR7008", "source('shop', 'orders')")]
    [InlineData("models/x.yml", "sources: [{name: raw, tables: [{name: t, freshness: {warn_after: {count: 1, period: days}}}]}]", "models/x.yml:1: WEIR7005", "`warn_after: {count: 12, period: hour}`")]
    [InlineData("models/x.yml", "sources: [{name: raw, tables: [{name: t, freshness: {warn_aftr: {count: 1, period: day}}}]}]", "models/x.yml:1: WEIR7003", "Did you mean 'warn_after'?")]
    [InlineData("models/x.yml", "models: [{name: orders, constraints: [{type: notnull}]}]", "models/x.yml:1: WEIR7005", "Did you mean 'not_null'?")]
    [InlineData("models/x.yml", "models: [{name: orders, columns: [{name: id, constraints: [{typ: unique}]}]}]", "Did you mean 'type'?", "models/x.yml:1: WEIR7003")]
    [InlineData("models/x.yml", "models:\n  - name: orders\n   columns: []\n", "models/x.yml:3: WEIR7002", "Check the indentation")]
    [InlineData("models/x.yml", "models:\n  - name: orders\n    descripton: typo\n", "models/x.yml:3: WEIR7003", "Did you mean 'description'?\n  line 3:     descripton: typo")]
    public void A_mistake_found_while_reading_shows_the_line_and_what_to_do(string file, string text, string place, string advice)
    {
        using var project = Project();
        project.Write(file, text);
        var wrong = Should.Throw<WeirException>(() => { project.Build().GetAwaiter().GetResult(); });
        wrong.Message.ShouldContain(place);
        wrong.Message.ShouldContain(advice);
    }

    [Theory]
    [InlineData("{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id,\n  'a' as v", "{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id,\n  5 as v", "models/x.sql:3: WEIR7070", "compiled line 3: 5 as v")]
    [InlineData("{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id", "{{ config(materialized='incremental', unique_key='nope') }}\nselect 1 as id", "models/x.sql: WEIR7021", "'nope' is what 'unique_key' names (models/x.sql:1), and the model returns no such column.")]
    public async Task A_mistake_of_a_second_run_shows_the_line(string first, string second, string place, string text)
    {
        using var project = Project();
        project.Model("x", first);
        (await project.Build()).ExitCode.ShouldBe(0);
        var message = SmallProject.MessageOf(await project.Model("x", second).Build(), "x");
        message.ShouldStartWith(place);
        message.ShouldContain(text);
    }

    [Fact]
    public async Task A_broken_contract_shows_the_line_of_the_column()
    {
        using var project = Project();
        project.Model("x", "{{ config(materialized='table', contract={'enforced': true}) }}\nselect 1 as id,\n  2 as b");
        project.Write("models/x.yml", "models: [{name: x, columns: [{name: id, data_type: integer}, {name: b, data_type: varchar}]}]");
        var message = SmallProject.MessageOf(await project.Build(), "x");
        message.ShouldStartWith("models/x.sql:3: WEIR7073");
        message.ShouldEndWith("compiled line 3: 2 as b");
    }

    [Fact]
    public async Task An_error_in_a_macro_that_a_macro_calls_names_the_line_of_the_model_too()
    {
        using var project = Project();
        project.Write("macros/ab.sql", "{% macro a() %}{{ b() }}{% endmacro %}\n{% macro b() %}\n  amuont\n{% endmacro %}").Model("x", "select\n  {{ a() }}\nfrom {{ ref('orders') }}");
        var message = SmallProject.MessageOf(await project.Build(), "x");
        message.ShouldStartWith("models/x.sql:2: WEIR7021");
        message.ShouldContain("written in macros/ab.sql:3");
    }

    [Theory]
    [InlineData("id,name\n1,a\n2\n", "line 3 has 1 fields, and the header names 2 columns. Quote values that hold the delimiter.\n  line 3: 2")]
    [InlineData("id,name\n1,\"a\n2,b\n", "the quote that opens in line 2 is never closed")]
    [InlineData("id,Id\n1,2\n", "line 1 names the column 'id' 2 times")]
    [InlineData("", "the file is empty: its first line must name the columns")]
    public async Task A_seed_that_cannot_be_read_names_the_line(string csv, string text)
    {
        using var project = Project();
        project.Seed("s", csv);
        SmallProject.MessageOf(await project.Build(), "s").ShouldContain(text);
    }

    [Fact]
    public async Task What_a_template_prints_is_told_as_it_is_and_a_silent_log_is_not()
    {
        using var project = Project();
        project.Model("x", "{{ log('shown', info=true) }}{{ log('quiet') }}{{ print('printed') }}{% do exceptions.warn('careful') %}select 1 as id");
        (await project.Build()).Warnings.Select(warning => warning.ToString()).ShouldBe(["shown", "printed", "WEIR7018 careful"]);
    }

    private static SmallProject Project()
    {
        var project = new SmallProject();
        project.Model("orders", Orders).Write("macros/cents.sql", "{% macro cents(column, digits=2) %}\n  round({{ column }} / 100.0, {{ digits }})\n{% endmacro %}");
        return project;
    }
}
