using System.Diagnostics;
using System.Text;

namespace Weir.Tests;

/// <summary>A folder of the tests with a package.json and a lock file: Node.js programs that the tests run.</summary>
internal sealed class Npm(string name)
{
    private readonly Lock gate = new();
    private bool installed;
    private string? whyNot;

    public string Folder { get; } = Path.Combine(Repository.Root, "tests", name);

    /// <summary>Why its packages cannot be had on this machine; null: they are installed.</summary>
    /// <param name="package">One of them.</param>
    public string? WhyNot(string package)
    {
        lock (gate)
        {
            if (installed) return whyNot;
            installed = true;
            return whyNot = Install(package);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int Exit, string Output, string Error) Run(string folder, string program, string input, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false),
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    private string? Install(string package)
    {
        try
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules", package))) return null;
            var (exit, _, error) = OperatingSystem.IsWindows() ? Run(Folder, "cmd", "", null, "/c", "npm", "ci", "--ignore-scripts") : Run(Folder, "npm", "", null, "ci", "--ignore-scripts");
            return exit == 0 ? null : $"`npm ci` failed in {Folder}: {error}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"Node.js and npm are not installed: {e.Message}";
        }
    }
}
