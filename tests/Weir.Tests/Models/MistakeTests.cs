using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>Mistakes people make: each is told with its code, its file and its line.</summary>
public class MistakeTests
{
    [Theory]
    [InlineData("e01-unknown-ref", "models/b.sql:2: WEIR7007", "'nope'")]
    [InlineData("e02-cycle", "models/a.sql:1: WEIR7009", "a reads b reads c reads a")]
    [InlineData("e03-duplicate-model", "models/y/a.sql: WEIR7010", "models/x/a.sql")]
    [InlineData("e04-duplicate-relation", "models/b.sql:1: WEIR7011", "main.same")]
    [InlineData("e05-missing-source", "models/a.sql:1: WEIR7008", "source('s', 't')")]
    [InlineData("e06-bad-jinja-unclosed-block", "models/a.sql:", "WEIR7006")]
    [InlineData("e07-bad-jinja-syntax", "models/a.sql:2: WEIR7006", "")]
    [InlineData("e13-missing-env-var", "models/a.sql:1: WEIR7016", "CORPUS_NOT_SET_ANYWHERE")]
    [InlineData("e16-raise-compiler-error", "models/a.sql:2: WEIR7006", "stop: a")]
    [InlineData("e21-duplicate-macro", "macros/n.sql:1: WEIR7010", "macros/m.sql")]
    [InlineData("e23-yaml-syntax", "models/schema.yml:", "WEIR7002")]
    [InlineData("e24-yaml-unknown-model", "models/schema.yml:2: WEIR7014", "'ghost'")] // dbt only warns, and the test is never run
    [InlineData("e25-yaml-duplicate-patch", "WEIR7010", "'a'")]
    [InlineData("e26-test-unknown", "models/schema.yml:3: WEIR7015", "'sparkles'")] // dbt finds it when the test runs
    [InlineData("e27-test-missing-argument", "WEIR7015", "argument 'values' is missing")] // dbt finds it when the test runs
    [InlineData("e29-test-unknown-ref", "models/schema.yml:3: WEIR7007", "'ghost'")] // dbt only warns
    [InlineData("e31-test-name-alone-does-not-part", "models/schema.yml:3: WEIR7010", "'n'")]
    [InlineData("e32-ref-disabled", "models/b.sql:1: WEIR7012", "'a'")]
    [InlineData("e34-unknown-materialization", "models/a.sql:1: WEIR7013", "Did you mean 'table'?")] // dbt finds it when the model runs
    [InlineData("e40-unknown-config-keys", "models/a.sql:1: WEIR7003", "'wier'")] // dbt says nothing at all
    [InlineData("e49-bad-project-file", "dbt_project.yml:1: WEIR7005", "bad-name")]
    [InlineData("e51-seed-and-model-same-name", "WEIR7010", "models/a.sql")]
    [InlineData("e08-bad-jinja-unknown-tag", "models/a.sql:2: WEIR7006", "'frob'")]
    [InlineData("e09-unknown-filter", "models/a.sql:1: WEIR7006", "nofilter")]
    [InlineData("e19-macro-too-many-arguments", "models/a.sql:1: WEIR7006", "takes not more than 1 argument")]
    [InlineData("e20-macro-unknown-keyword", "models/a.sql:1: WEIR7006", "no keyword argument 'z'")]
    [InlineData("e22-dispatch-without-implementation", "macros/m.sql:1: WEIR7041", "p.duckdb__f, p.default__f")]
    [InlineData("e30-duplicate-test-name", "models/schema.yml:3: WEIR7010", "'unique_a_id'")]
    [InlineData("e33-private-ref", "models/b.sql:1: WEIR7039", "private to the group 'g'")]
    [InlineData("e35-unknown-incremental-strategy", "models/a.sql:1: WEIR7005", "append, merge")] // dbt finds it on the second run
    [InlineData("e36-contract-without-types", "models/schema.yml:", "WEIR7005")] // dbt finds it when the model runs
    [InlineData("e38-contract-incremental-needs-on-schema-change", "WEIR7005", "on_schema_change")]
    [InlineData("e39-missing-doc", "models/schema.yml:1: WEIR7006", "doc('nope')")]
    [InlineData("e42-microbatch-missing-config", "models/a.sql:1: WEIR7005", "'begin'")]
    [InlineData("e43-snapshot-missing-config", "WEIR7037", "'updated_at'")]
    [InlineData("e44-snapshot-bad-strategy", "WEIR7005", "'wat'")] // dbt finds it when the snapshot runs
    [InlineData("e45-unit-test-unknown-model", "models/u.yml:", "WEIR7014")]
    [InlineData("e54-python-model", "models/a.py: WEIR7004", "in SQL")]
    [InlineData("e57-circular-macro-and-recursion", "macros/m.sql:2: WEIR7006", "recursion")]
    public void A_mistake_in_the_project_is_told_with_file_and_line(string name, string place, string about)
    {
        using var run = new CorpusRun(name);
        var wrong = Should.Throw<WeirException>(() => ModelProject.Load(run.Project));
        wrong.Message.ShouldContain(place);
        wrong.Message.ShouldContain(about);
    }

    [Theory]
    [InlineData("e10-undefined-macro", "model.p.a", "models/a.sql:2: WEIR7020", "nope")]
    [InlineData("e12-missing-var", "model.p.a", "models/a.sql:1: WEIR7020", "'needed'")]
    [InlineData("e14-sql-syntax-error", "model.p.a", "models/a.sql:2: WEIR7021", "compiled line 2: form \"corpus\".\"main\".\"ok")]
    [InlineData("e15-sql-binder-error-in-macro", "model.p.a", "models/a.sql:2: WEIR7021", "compiled line 2: no_such_column as x")]
    [InlineData("e28-test-missing-column", "test.p.not_null_a_nope.5d3b6f4d5d", "models/schema.yml:3: WEIR7021", "nope")]
    [InlineData("e55-sql-with-semicolon", "model.p.b", "models/b.sql:1: WEIR7021", "without a semicolon")]
    [InlineData("e11-undefined-attribute", "model.p.a", "models/a.sql:2: WEIR7020", "'x'")]
    [InlineData("e37-contract-wrong-type", "model.p.a", "models/a.sql:1: WEIR7073", "VARCHAR")]
    [InlineData("e52-ref-with-variable-in-branch", "model.p.b", "models/b.sql:1: WEIR7024", "depends_on")]
    [InlineData("e53-hook-error", "model.p.a", "WEIR7074", "select nope from nothing")]
    [InlineData("e56-empty-model", "model.p.b", "models/b.sql", "WEIR7021")]
    public async Task A_mistake_found_when_a_node_runs_is_told_with_file_and_line(string name, string node, string place, string about)
    {
        using var run = new CorpusRun(name);
        var result = await run.Build();
        result.ExitCode.ShouldBe(1);
        var failed = result.Nodes.Single(found => found.UniqueId == node);
        failed.Status.ShouldBe(NodeStatus.Error);
        failed.Message.ShouldContain(place);
        failed.Message.ShouldContain(about);
    }

    [Theory]
    [InlineData("dbt_project.yml", "name: p\nrequire-dbt-version: '>=2.0.0'\n", "dbt_project.yml:2: WEIR7035", ">=2.0.0")]
    [InlineData("dbt_project.yml", "name: p\nquoting: {databse: true}\n", "dbt_project.yml:2: WEIR7003", "Did you mean 'database'?")]
    [InlineData("packages.yml", "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n", "packages.yml:2: WEIR7036", "dbt deps")]
    [InlineData("packages.yml", "packages: [{local: ../nowhere}]\n", "packages.yml:1: WEIR7036", "nowhere")]
    [InlineData("models/x.yml", "groups: [{nam: g}]\n", "models/x.yml:1: WEIR7003", "Did you mean 'name'?")]
    [InlineData("models/x.yml", "exposures: [{name: e, type: dashbord, owner: {name: a}}]\n", "models/x.yml:1: WEIR7005", "Did you mean 'dashboard'?")]
    [InlineData("models/x.yml", "exposures: [{name: e, type: dashboard, owner: {name: a}, depends_on: [ref('nope')]}]\n", "models/x.yml:1: WEIR7007", "'nope'")]
    [InlineData("models/x.yml", "unit_tests: [{name: u, model: ok, given: [], expct: {rows: []}}]\n", "models/x.yml:1: WEIR7003", "Did you mean 'expect'?")]
    [InlineData("models/x.yml", "snapshots: [{name: s, relation: ref('ok'), config: {strateggy: check}}]\n", "models/x.yml:1: WEIR7003", "Did you mean 'strategy'?")]
    [InlineData("snapshots/s.sql", "{% snapshot s %}{{ config(strategy='timestamp', updated_at='t') }}select 1 as id{% endsnapshot %}", "snapshots/s.sql:1: WEIR7037", "'unique_key'")]
    [InlineData("macros/x.sql", "\n{% materialization mine, default %}{% endmaterialization %}", "macros/x.sql:2: WEIR7004", "materialization")]
    [InlineData("models/x.sql", "{{ config(group='g') }}select 1 as id", "models/x.sql:1: WEIR7039", "'g'")]
    [InlineData("models/x.sql", "{{ config(pre_hook={'sqll': 'select 1'}) }}select 1 as id", "models/x.sql:1: WEIR7003", "Did you mean 'sql'?")]
    public void A_mistake_in_any_file_of_a_project_is_told_with_its_line(string file, string text, string place, string about)
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id");
        run.Write(file, text);
        var wrong = Should.Throw<WeirException>(() => ModelProject.Load(run.Project));
        wrong.Message.ShouldContain(place);
        wrong.Message.ShouldContain(about);
    }

    [Fact]
    public async Task A_statement_of_a_template_that_fails_is_told_with_its_place()
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id\n{% if execute %}{% do run_query('select nope') %}{% endif %}");
        var failed = (await run.Build()).Nodes.Single(node => node.UniqueId == "model.p.a");
        failed.Message.ShouldContain("WEIR7042");
        failed.Message.ShouldContain("it was: select nope");
        failed.Message.ShouldContain("from models/a.sql");
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var run = new CorpusRun("e01-unknown-ref");
        run.Write("models/c.sql", "{{ config(materialised='table', persist_docs={'relation': true}) }}\nselect 1 as id");
        run.Write("models/d.sql", "select * from {{ source('lake', 'evnts') }}");
        run.Write("models/schema.yml", "sources: [{name: lake, tables: [{name: events}]}]\nmodels:\n  - name: a\n    descripton: typo\n");
        var wrong = Should.Throw<WeirException>(() => ModelProject.Load(run.Project));
        wrong.Message.ShouldStartWith("The project has 4 mistakes:");
        wrong.Message.ShouldContain("models/c.sql:1: WEIR7003 'materialised' is not a model setting. Did you mean 'materialized'?");
        wrong.Message.ShouldContain("models/d.sql:1: WEIR7008");
        wrong.Message.ShouldContain("Did you mean 'lake.events'?");
        wrong.Message.ShouldContain("models/schema.yml:4: WEIR7003 'descripton' is not a key of a model or seed. Did you mean 'description'?");
    }

    [Theory]
    [InlineData("{{ config(persist_docs={'relation': true}) }}select 1 as id", "WEIR7004", "'persist_docs'")]
    [InlineData("{{ config(materialized='incremental', incremental_strategy='insert_overwrite') }}select 1 as id", "WEIR7004", "insert_overwrite")]
    [InlineData("{{ config(materialized='incremental', on_schema_change='failed') }}select 1 as id", "WEIR7005", "Did you mean 'fail'?")]
    [InlineData("{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='ts', begin='2026-01-01') }}select 1 as id", "WEIR7005", "'batch_size'")]
    [InlineData("{{ config(materialized='snapshot') }}select 1 as id", "WEIR7013", "snapshot")]
    [InlineData("{{ config(enabled='perhaps') }}select 1 as id", "WEIR7005", "true or false")]
    [InlineData("{{ config(meta={'weir_grain': 1}) }}select 1 as id", "WEIR7003", "weir_grain")]
    [InlineData("select {{ adapter.expand_target_column_types('a') }}", "WEIR7004", "adapter.expand_target_column_types")]
    [InlineData("select {{ modules.itertools.chain([1]) }}", "WEIR7004", "modules.itertools")]
    [InlineData("select * from {{ ref('a', v=2) }}", "WEIR7004", "version")]
    public void What_is_not_run_yet_is_refused_by_name(string model, string code, string about)
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id");
        run.Write("models/x.sql", model);
        var wrong = Should.Throw<WeirException>(() => ModelProject.Load(run.Project));
        wrong.Code.ShouldBe(code);
        wrong.Message.ShouldContain("models/x.sql:1:");
        wrong.Message.ShouldContain(about);
    }

    [Fact]
    public void What_has_no_effect_is_a_warning()
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("dbt_project.yml", "name: p\nmodels:\n  p:\n    no_such_folder:\n      +materialized: table\n");
        run.Write("models/schema.yml", "saved_queries: [{name: revenue}]\n");
        ModelProject.Load(run.Project).Warnings.Select(warning => $"{warning.File}:{warning.Line}: {warning.Code}")
            .ShouldBe(["models/schema.yml:1: WEIR7018", "dbt_project.yml:4: WEIR7018"]);
    }

    [Fact]
    public void A_project_tells_what_it_describes()
    {
        using var run = new CorpusRun("02-names-and-config");
        var project = ModelProject.Load(run.Project);
        var two = project.Nodes.Single(node => node.UniqueId == "model.p.two");
        two.Description.ShouldBe("The *second* model.");
        two.DependsOn.ShouldBe(["model.p.one"]);
        two.Relation.ShouldBe("main_deep.deep_alias");
        two.Tags.ShouldBe(["t_root", "t_a", "t_deep"]);
    }

    [Fact]
    public void A_folder_without_a_project_is_told_so()
    {
        var folder = Directory.CreateTempSubdirectory("weir-models-").FullName;
        Should.Throw<WeirException>(() => ModelProject.Load(folder)).Code.ShouldBe("WEIR7001");
        Directory.Delete(folder);
    }
}
