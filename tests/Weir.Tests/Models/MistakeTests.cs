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
    [InlineData("select {{ run_query('select 1') }}", "WEIR7004", "run_query")]
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
        run.Write("models/schema.yml", "exposures: [{name: board}]\n");
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
