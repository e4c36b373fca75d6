using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Docs;

/// <summary>The commands in the documents are the program's, and those of the samples' READMEs run.</summary>
public partial class CommandLineDocTests
{
    private const string Checkout = "dotnet run --project src/Weir -c Release -- ";

    [Fact]
    public void Every_weir_command_in_a_code_block_parses()
    {
        var wrong = from document in Documents()
                    from line in CommandsOf(document)
                    let errors = Cli.Create().Parse(CommandLineParser.SplitCommandLine(line).Skip(1).ToArray()).Errors
                    where errors.Count > 0
                    select $"{Path.GetRelativePath(Repository.Root, document)}: {line}: {errors[0].Message}";
        wrong.ShouldBeEmpty();
        Documents().SelectMany(CommandsOf).Count().ShouldBeGreaterThan(4);
    }

    [Fact]
    public void The_reference_lists_every_command_and_every_exit_code()
    {
        var reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));
        foreach (var command in Cli.Create().Subcommands)
        {
            reference.ShouldContain($"weir {command.Name}");
            reference.ShouldContain($"**{command.Name}**");
            foreach (var option in command.Options) reference.ShouldContain(option.Name);
        }
        foreach (var field in typeof(ExitCodes).GetFields()) reference.ShouldContain($"| {field.GetRawConstantValue()} |");
    }

    [Fact]
    public async Task The_commands_of_online_retails_README_run_in_order()
    {
        var folder = Require.OnlineRetail();
        using var project = new TemporaryProject("online-retail");
        // A week is enough to see that the commands are right.
        var week = Directory.CreateDirectory(project["week"]).FullName;
        foreach (var file in Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Take(6)) File.Copy(file, Path.Combine(week, Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(week)) File.SetLastWriteTimeUtc(file, new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var ran = 0;
        foreach (var line in CommandsOf(Path.Combine(Repository.Root, "samples", "online-retail", "README.md")).Where(l => l != "weir up"))
        {
            var result = await WeirProcess.RunAsync(new Dictionary<string, string> { ["ONLINE_RETAIL_DIR"] = week }, [.. CommandLineParser.SplitCommandLine(line).Skip(1), "--project", project.Folder]);
            result.ExitCode.ShouldBe(0, $"{line}: {result.Error}");
            ran++;
        }
        ran.ShouldBe(3);
    }

    private static IEnumerable<string> Documents() => new[] { "docs", "samples" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
        .Append(Path.Combine(Repository.Root, "README.md")).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}.weir{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> CommandsOf(string document) =>
        from Match block in ShellBlock().Matches(File.ReadAllText(document).ReplaceLineEndings("\n"))
        from line in block.Groups[1].Value.Split('\n')
        let command = line.Split(" #")[0].Trim()
        let weir = command.StartsWith(Checkout, StringComparison.Ordinal) ? $"weir {command[Checkout.Length..]}" : command
        where weir.StartsWith("weir ", StringComparison.Ordinal)
        select weir;

    [GeneratedRegex("```(?:sh|bash|shell|console)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
