using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Weir.Tests.Proof;

/// <summary>The faults of <c>eng/faults</c> must stay plantable: a patch that no longer applies, or names no test, proves nothing.</summary>
public class PlantedFaultTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "eng", "faults");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.patch").Select(p => Path.GetFileNameWithoutExtension(p)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void A_planted_fault_still_applies(string name)
    {
        var git = Start("git", "apply", "--check", "-p1", Path.Combine(Folder, $"{name}.patch"));
        Require.That(git is not null, "git", "there is no git here");
        var said = git!.StandardError.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, $"{said}Make the patch anew.");
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_first_line_says_what_it_breaks_and_names_tests_that_are_there(string name)
    {
        var parts = File.ReadLines(Path.Combine(Folder, $"{name}.patch")).First().Split(" | ");
        parts.Length.ShouldBe(2);
        var tests = typeof(PlantedFaultTests).Assembly.GetTypes().SelectMany(t => t.GetMethods().Select(m => $"{t.FullName}.{m.Name}")).ToList();
        foreach (var pattern in parts[1].Split(' '))
        {
            var expression = new Regex($"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");
            tests.ShouldContain(t => expression.IsMatch(t), pattern);
        }
    }

    private static Process? Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
