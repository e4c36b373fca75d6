namespace Weir.Tests.Models.Corpus;

/// <summary>
/// Every project of tests/corpus/dbt, step by step, against what dbt-core 1.11 with dbt-duckdb made of it. What does not pass yet is in NotYet.txt; what differs on
/// purpose in Differences.txt with its reason.
/// </summary>
public class DbtCorpusTests
{
    public static TheoryData<string> Projects => [.. CorpusProject.Names];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_project_gives_what_dbt_gives(string name)
    {
        using var project = new CorpusProject(name);
        var all = await new Comparison(project).RunAsync();
        Report(name, all);
        var documented = Lists.Documented.Where(item => item.Project == name).ToList();
        var differences = all.Where(difference => !documented.Exists(item => item.Covers(difference))).ToLookup(difference => difference.Aspect);
        foreach (var aspect in Comparison.Aspects)
        {
            if (Lists.NotYet.Contains((name, aspect)))
                differences[aspect].ShouldNotBeEmpty($"{name} {aspect} passes: take it out of NotYet.txt");
            else
                differences[aspect].Select(difference => difference.ToString()).ShouldBeEmpty($"{name} {aspect}");
        }

        foreach (var item in documented.Where(item => !Lists.NotYet.Contains((name, item.Aspect))))
            all.ShouldContain(difference => item.Covers(difference), $"{name}: Differences.txt says '{item.Aspect} {item.Place}' differs, and it does not");
    }

    /// <summary>With WEIR_CORPUS_REPORT set to a folder, every difference is written there, listed or not: for working on the lists.</summary>
    private static void Report(string name, IReadOnlyList<Difference> differences)
    {
        if (Environment.GetEnvironmentVariable("WEIR_CORPUS_REPORT") is { Length: > 0 } folder)
            File.WriteAllLines(Path.Combine(folder, name + ".txt"), differences.Select(difference => difference.ToString()));
    }

    [Fact]
    public void The_lists_name_projects_of_the_corpus_and_say_why()
    {
        Lists.NotYet.Select(item => item.Project).Concat(Lists.Documented.Select(item => item.Project)).Except(CorpusProject.Names).ShouldBeEmpty();
        Lists.NotYet.Select(item => item.Aspect).Concat(Lists.Documented.Select(item => item.Aspect)).Except([.. Comparison.Aspects, "*"]).ShouldBeEmpty();
        Lists.Documented.ShouldAllBe(item => item.Why.Length > 20);
    }
}
