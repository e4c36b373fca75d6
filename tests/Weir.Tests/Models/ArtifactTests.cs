using System.Diagnostics;
using System.Text.Json;
using Weir.Models;

namespace Weir.Tests.Models;

/// <summary>What a run leaves in target/, read by dbt itself where it is installed.</summary>
public class ArtifactTests
{
    private const string Read = """
        import json, sys, jsonschema
        from dbt.artifacts.schemas.manifest import WritableManifest
        from dbt.artifacts.schemas.run import RunResultsArtifact
        from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
        def read(kind, file):
            result = kind.read_and_check_versions(sys.argv[1] + '/' + file)
            schema = kind.json_schema()
            wrong = list(jsonschema.validators.validator_for(schema)(schema).iter_errors(json.load(open(sys.argv[1] + '/' + file))))
            for error in wrong[:5]:
                print('/'.join(map(str, error.absolute_path)), error.message[:600], [(list(c.path), c.message[:200]) for c in (error.context or [])][:40], file=sys.stderr)
            if wrong:
                sys.exit(1)
            return result
        manifest = read(WritableManifest, 'manifest.json')
        results = read(RunResultsArtifact, 'run_results.json')
        if len(sys.argv) > 2:
            read(FreshnessExecutionResultArtifact, 'sources.json')
        print(len(manifest.nodes), len(results.results))
        """;

    [Theory]
    [InlineData("02-names-and-config")]
    [InlineData("05-build-order")]
    [InlineData("11-snapshots")]
    [InlineData("12-unit-tests")]
    [InlineData("13-contracts")]
    [InlineData("14-sources-exposures-groups")]
    [InlineData("19-empty-vars-hooks")]
    public async Task Artifacts_are_read_and_validated_by_dbt(string name)
    {
        var python = Python();
        using var run = new CorpusRun(name);
        var target = Path.Combine(run.Project, "target");
        var project = ModelProject.Load(run.Project, new Dictionary<string, object?> { ["unused"] = "1" });
        await new ModelRunner(project, TimeProvider.System).BuildAsync(new BuildRequest([]) { TargetFolder = target }, run.Connection, null, CancellationToken.None);
        if (name.StartsWith("14", StringComparison.Ordinal))
            new ModelRunner(project, TimeProvider.System).CheckFreshness(new BuildRequest([]) { TargetFolder = target }, run.Connection, CancellationToken.None);
        var start = new ProcessStartInfo(python, ["-c", Read, target]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (name.StartsWith("14", StringComparison.Ordinal))
            start.ArgumentList.Add("sources");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        (await output).Trim().Split(' ')[0].ShouldBe(JsonDocument.Parse(File.ReadAllText(Path.Combine(target, "manifest.json"))).RootElement.GetProperty("nodes").EnumerateObject().Count().ToString());
    }

    private const string Compare = """
        import os, shutil, sys
        os.environ.update(DBT_SEND_ANONYMOUS_USAGE_STATS='false', CORPUS_ENV='from-env')
        os.chdir(sys.argv[1])
        from dbt.cli.main import dbtRunner
        parsed = dbtRunner().invoke(['--quiet', 'parse', '--target-path', 'by-dbt'])
        assert parsed.success, parsed.exception
        found = dbtRunner(manifest=parsed.result).invoke(['--quiet', 'ls', '--output', 'name', '--target-path', 'by-dbt', '--state', 'by-weir', '-s', 'state:modified', '--exclude-resource-type', 'unit_test'])
        assert found.success, found.exception
        """;

    [Theory]
    [InlineData("01-basics", "")]
    [InlineData("11-snapshots", "")]
    [InlineData("13-contracts", "")]
    [InlineData("14-sources-exposures-groups", "")]
    [InlineData("15-macros", "calls stmt")] // they call macros of dbt that Weir has in C#
    [InlineData("20-selectors-in-depth", "")]
    public async Task What_weir_wrote_is_a_state_that_dbt_compares_with_and_the_other_way_round(string name, string modified)
    {
        var python = Python();
        using var run = new CorpusRun(name);
        var project = ModelProject.Load(run.Project, new ProjectOptions { Target = DbtProfiles.Read(run.Project) });
        project.WriteManifest(Path.Combine(run.Project, "by-weir"), TimeProvider.System);
        var start = new ProcessStartInfo(python, ["-c", Compare, run.Project]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        string.Join(' ', (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)).ShouldBe(modified);
        project.List(new BuildRequest(["state:modified"]) { State = Path.Combine(run.Project, "by-dbt") }, []).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_does_what_failed_and_what_it_held_back()
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id from nowhere");
        run.Write("models/b.sql", "select * from {{ ref('a') }}");
        run.Write("models/c.sql", "select 1 as id");
        var target = Path.Combine(run.Project, "target");
        (await run.Build(new BuildRequest([]) { TargetFolder = target })).ExitCode.ShouldBe(1);
        run.Write("models/a.sql", "select 1 as id");
        var retry = Retry.Read(target);
        retry.Command.ShouldBe("build");
        var again = await run.Build(retry.Request with { TargetFolder = target });
        again.Nodes.Select(node => node.UniqueId).Order().ShouldBe(["model.p.a", "model.p.b"]);
        again.ExitCode.ShouldBe(0);
        Retry.Read(target).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Without_an_earlier_run_state_and_retry_say_so()
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id");
        Should.Throw<WeirException>(() => Retry.Read(run.Project)).Code.ShouldBe("WEIR7043");
        var project = ModelProject.Load(run.Project);
        Should.Throw<WeirException>(() => project.List(new BuildRequest(["state:modified"]), [])).Code.ShouldBe("WEIR7043");
        Should.Throw<WeirException>(() => project.List(new BuildRequest(["state:modified"]) { State = run.Project }, [])).Code.ShouldBe("WEIR7043");
        run.Write("run_results.json", "{\"results\": [], \"args\": {\"which\": \"freshness\"}}");
        Should.Throw<WeirException>(() => Retry.Read(run.Project)).Code.ShouldBe("WEIR7044");
    }

    [Fact]
    public async Task A_source_that_cannot_be_asked_is_told_with_its_place()
    {
        using var run = new CorpusRun("e14-sql-syntax-error");
        run.Write("models/a.sql", "select 1 as id");
        run.Write("models/s.yml", "sources:\n  - name: s\n    tables:\n      - {name: t, config: {freshness: {warn_after: {count: 1, period: day}}}}\n      - {name: u, config: {loaded_at_field: loaded, freshness: {warn_after: {count: 1, period: day}}}}\n");
        var found = new ModelRunner(ModelProject.Load(run.Project), TimeProvider.System).CheckFreshness(BuildRequest.Everything, run.Connection, CancellationToken.None);
        found.Select(source => source.Message[..27]).ShouldBe(["models/s.yml:4: WEIR7045 t ", "models/s.yml:5: WEIR7045 Ca"]);
        SourceFreshness.ExitCode(found).ShouldBe(1);
        await Task.CompletedTask;
    }

    /// <summary>The Python of the virtual environment whose dbt WEIR_DBT names.</summary>
    private static string Python()
    {
        var dbt = Environment.GetEnvironmentVariable("WEIR_DBT") ?? "";
        Require.That(File.Exists(dbt), "dbt", "WEIR_DBT names no dbt program (dbt-core with dbt-duckdb)");
        return Path.Combine(Path.GetDirectoryName(dbt)!, "python3");
    }
}
