using System.Diagnostics;

namespace Weir.Tests.Lake;

/// <summary>An independent reader of Delta tables: npm's chdb (embedded ClickHouse with delta-kernel), run by Node in <c>tests/readers</c>.</summary>
internal static class Chdb
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "readers");
    private static readonly Lazy<string?> WhyNot = new(Install);

    /// <summary>A SELECT over a Delta table, there called <c>{table}</c>: one JSON object per row.</summary>
    public static string[] Select(string table, string select)
    {
        Require.That(WhyNot.Value is null, "chdb", WhyNot.Value ?? "");
        var (exit, output, error) = RunIn(table, "node", Path.Combine(Folder, "read.mjs"), table, select); // chdb reads below its working folder only
        exit.ShouldBe(0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Install()
    {
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "chdb")))
            {
                var (exit, _, error) = OperatingSystem.IsWindows() ? Run("cmd", "/c", "npm", "ci", "--ignore-scripts") : Run("npm", "ci", "--ignore-scripts");
                if (exit != 0) return $"`npm ci` failed in {Folder}: {error}";
            }
            var (works, _, why) = Run("node", "-e", "import('chdb').then(c => c.query('select 1'))");
            return works == 0 ? null : $"chdb does not run on this machine: {why}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"Node.js and npm are not installed: {e.Message}";
        }
    }

    private static (int Exit, string Output, string Error) Run(string program, params string[] arguments) => RunIn(Folder, program, arguments);

    private static (int Exit, string Output, string Error) RunIn(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
