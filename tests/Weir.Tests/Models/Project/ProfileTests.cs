using Weir.Models;

namespace Weir.Tests.Models.Project;

public sealed class ProfileTests : IDisposable
{
    private const string Output = "type: duckdb\n      path: data/shop.duckdb\n";
    private readonly string folder = Directory.CreateTempSubdirectory("weir-profile-").FullName;

    public ProfileTests() => Write("dbt_project.yml", "name: p\nprofile: shop\n");

    [Fact]
    public void A_target_is_the_file_that_the_profile_names()
    {
        Write("profiles.yml", "shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: data/shop.duckdb\n      schema: \"{{ env_var('WEIR_NO_SUCH', 'mart') }}\"\n      threads: 4\n    prod:\n      " + Output);
        var target = DbtProfiles.Read(folder);
        target.ShouldBe(new ModelTarget("dev", "shop", "mart") { ProfileName = "shop", Path = Path.Combine(folder, "data/shop.duckdb"), Threads = 4 });
        DbtProfiles.Read(folder, target: "prod").Name.ShouldBe("prod");
    }

    [Theory]
    [InlineData(null, "WEIR7031", "profiles.yml")]
    [InlineData("shopp:\n  outputs: {}\n", "WEIR7032", "Did you mean 'shopp'?")]
    [InlineData("shop:\n  outputs:\n    dev:\n      type: duckdb\n", "WEIR7032", "no target 'default'")]
    [InlineData("shop:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n", "WEIR7033", "'postgres'")]
    [InlineData("shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: ':memory:'\n", "WEIR7033", "no file")]
    [InlineData("shop:\n  target: \"{{ env_var('WEIR_NO_SUCH') }}\"\n  outputs: {}\n", "WEIR7016", "WEIR_NO_SUCH")]
    public void A_profile_that_cannot_be_used_is_told_with_what_there_is(string? profiles, string code, string about)
    {
        if (profiles is not null)
            Write("profiles.yml", profiles);
        var wrong = Should.Throw<WeirException>(() => DbtProfiles.Read(folder, profilesFolder: profiles is null ? folder : null));
        wrong.Code.ShouldBe(code);
        wrong.Message.ShouldContain(about);
    }

    [Fact]
    public void Variables_of_the_command_line_are_YAML()
    {
        ProjectVars.Parse("{day: 2024-01-31, n: 3, on: yes}").ShouldBe(new Dictionary<string, object?> { ["day"] = new DateOnly(2024, 1, 31), ["n"] = 3L, ["on"] = true });
        ProjectVars.Parse("").ShouldBeEmpty();
        Should.Throw<WeirException>(() => ProjectVars.Parse("{a: ")).Code.ShouldBe("WEIR7034");
        Should.Throw<WeirException>(() => ProjectVars.Parse("[1]")).Code.ShouldBe("WEIR7034");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
}
