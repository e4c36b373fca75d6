namespace Weir.Tests.Acceptance;

/// <summary>The account as a proof, by the program itself.</summary>
public class VerifyTests
{
    private const string Yml = "name: small\ntime_zone: UTC\nsources:\n  web: {}\n";

    private static async Task<TemporaryProject> LoadedAsync()
    {
        var project = new TemporaryProject().With("weir.yml", Yml);
        project.With("a.ndjson", string.Concat(Enumerable.Range(0, 5).Select(i => $$"""{"event_id":"{{Guid.NewGuid()}}","event":"page","timestamp":"2026-03-01T09:0{{i}}:00Z","anonymous_id":"a"}""" + "\n")) + "{\n");
        (await project.RunAsync("load", project["a.ndjson"], "--source", "web")).ShouldSucceed();
        return project;
    }

    [Fact]
    public async Task It_proves_what_was_loaded_and_ends_with_exit_code_3_when_a_file_of_the_lake_is_gone()
    {
        using var project = await LoadedAsync();
        var proven = (await project.RunAsync("account", "--verify", "--format", "csv")).ShouldSucceed();
        proven.Output.ReplaceLineEndings("\n").ShouldBe("source,streams,events,landed,duplicate,quarantined,dropped,waiting,removed,unproven,faults\nweb,1,6,5,0,1,0,0,0,0,0\n");
        proven.Error.ShouldContain("Proven: each of 6 events");

        File.Delete(Directory.GetFiles(project[".weir/local/lake/events"], "*.parquet", SearchOption.AllDirectories).Single());
        var off = await project.RunAsync("account", "--verify", "--source", "web", "--format", "json");
        off.ExitCode.ShouldBe(3);
        var fault = System.Text.Json.JsonDocument.Parse(off.Output).RootElement[0].GetProperty("faults").EnumerateArray().First(f => f.GetProperty("stream").GetString()!.StartsWith("file/", StringComparison.Ordinal));
        (fault.GetProperty("from").GetInt64(), fault.GetProperty("to").GetInt64()).ShouldBe((0, 4));
        fault.GetProperty("file").GetString()!.ShouldEndWith(".parquet");
        off.Error.ShouldContain("Restore the lake's file from a copy");
    }

    [Theory]
    [InlineData("--source", "web")]
    [InlineData("--from", "2026-03-01T10:00")]
    [InlineData("--verify", "--from", "yesterday")]
    [InlineData("--verify", "--to", "2026-03-01T10:30")]
    public async Task Options_that_make_no_sense_are_refused(params string[] options)
    {
        using var project = new TemporaryProject().With("weir.yml", Yml);
        (await project.RunAsync(["account", .. options])).ExitCode.ShouldBe(2);
    }

    [Fact] // WEIR2023, WEIR2024
    public async Task Drop_corrupt_refuses_what_is_not_there_and_what_has_landed()
    {
        using var project = await LoadedAsync();
        (await project.RunAsync("journal", "drop-corrupt", "--stream", "nobody", "--from", "0", "--to", "1", "--plan"))
            .ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(2), r => r.Error.ShouldContain("WEIR2023"));
        var stream = "file/" + Path.GetFileNameWithoutExtension(Directory.GetFiles(project[".weir/local/raw/files/web"], "*.raw").Single());
        (await project.RunAsync("journal", "drop-corrupt", "--stream", stream, "--from", "0", "--to", "1"))
            .ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(2), r => r.Error.ShouldContain("WEIR2024"));
    }
}
