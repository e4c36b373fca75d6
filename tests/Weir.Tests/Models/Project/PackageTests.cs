using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models.Project;

/// <summary>Packages committed beside a project, as dbt reads them after <c>dbt deps</c>.</summary>
public sealed class PackageTests
{
    [Theory]
    [InlineData("dbt_packages/tools", "")]
    [InlineData("lib/tools", "packages-install-path: lib\n")]
    [InlineData("tools", "")] // named by packages.yml as local
    public async Task A_package_brings_macros_tests_and_models(string folder, string setting)
    {
        using var run = Project(folder, setting);
        if (folder == "tools")
            run.Write("packages.yml", "packages: [{local: tools}]\n");
        var result = await run.Build();
        result.Nodes.Select(node => $"{node.UniqueId.Split('.')[0]}.{node.UniqueId.Split('.')[1]} {node.Status} {node.Message}".Trim()).Order()
            .ShouldBe(["model.p Success", "model.p Success", "model.p Success", "model.tools Success", "test.p Pass"]);
        run.Connection.Query("select id, cents, who from main.a", row => $"{row.GetValue(0)} {row.GetValue(1)} {row.GetValue(2)}").ShouldBe(["1 150 root wins"]);
        run.Connection.Scalar<string>("select name from main_tools.days").ShouldBe("from the root");
    }

    [Fact]
    public void A_test_of_a_package_is_named_with_it()
    {
        using var run = Project("dbt_packages/tools", "");
        var test = ModelProject.Load(run.Project).Nodes.Single(node => node.ResourceType == "test");
        test.UniqueId.ShouldBe("test.p.tools_positive_a_cents.cd78c13f90"); // what dbt ls says of it
    }

    [Fact]
    public void Macros_of_a_package_need_its_name()
    {
        using var run = Project("dbt_packages/tools", "");
        run.Write("models/c.sql", "select {{ in_cents('1') }} as x");
        var project = ModelProject.Load(run.Project);
        project.List(new BuildRequest(["package:tools"]), []).Select(node => node.UniqueId).ShouldBe(["model.tools.days"]);
        project.List(new BuildRequest(["package:this"]), []).Count.ShouldBe(5);
    }

    [Fact]
    public void A_name_of_another_package_is_told()
    {
        using var run = Project("dbt_packages/tools", "");
        run.Write("models/c.sql", "select * from {{ ref('toolz', 'days') }}");
        run.Write("models/d.sql", "select {{ adapter.dispatch('nope', 'tools')() }}");
        var wrong = Should.Throw<WeirException>(() => ModelProject.Load(run.Project));
        wrong.Message.ShouldContain("models/c.sql:1: WEIR7007");
        wrong.Message.ShouldContain("Did you mean 'tools'?");
        wrong.Message.ShouldContain("models/d.sql:1: WEIR7041");
        wrong.Message.ShouldContain("tools.default__nope");
    }

    [Fact]
    public void A_mistake_in_a_package_is_told_with_its_file()
    {
        using var run = Project("dbt_packages/tools", "");
        run.Write("dbt_packages/tools/models/days.sql", "select {{ nothing.at.all }}\n{{ frob }");
        Should.Throw<WeirException>(() => ModelProject.Load(run.Project)).Message.ShouldContain("dbt_packages/tools/models/days.sql:2: WEIR7006");
    }

    private static CorpusRun Project(string folder, string setting)
    {
        var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("dbt_project.yml", $"name: p\n{setting}vars: {{tools: {{label: from the root}}}}\ndispatch: [{{macro_namespace: tools, search_order: [p, tools]}}]\nmodels: {{tools: {{+schema: tools}}}}\n");
        run.Write("macros/own.sql", "{% macro default__who() %}root wins{% endmacro %}");
        run.Write("models/a.sql", "select 1 as id, {{ tools.in_cents('1.5') }} as cents, '{{ tools.who() }}' as who");
        run.Write("models/b.sql", "select * from {{ ref('tools', 'days') }} join {{ ref('a') }} on true");
        run.Write("models/schema.yml", "models:\n  - name: a\n    columns: [{name: cents, data_tests: [tools.positive]}]\n");
        run.Write($"{folder}/dbt_project.yml", "name: tools\nvars: {label: of the package, day: 3}\nmodels: {tools: {+materialized: table, +schema: own}}\n");
        run.Write($"{folder}/macros/m.sql", """
            {% macro in_cents(x) %}{{ return(adapter.dispatch('in_cents', 'tools')(x)) }}{% endmacro %}
            {% macro default__in_cents(x) %}0{% endmacro %}
            {% macro duckdb__in_cents(x) %}cast({{ x }} * 100 as integer){% endmacro %}
            {% macro who() %}{{ return(adapter.dispatch('who', 'tools')()) }}{% endmacro %}
            {% macro default__who() %}package{% endmacro %}
            {% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}
            """);
        run.Write($"{folder}/models/days.sql", "select {{ var('day') }} as day, '{{ var('label') }}' as name");
        return run;
    }
}
