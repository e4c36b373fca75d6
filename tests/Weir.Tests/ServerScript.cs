using System.Diagnostics;

namespace Weir.Tests;

/// <summary>Runs a script of <c>eng/servers</c>: a real server, which ends with this process.</summary>
internal static class ServerScript
{
    /// <summary>Starts a server in a folder of its own.</summary>
    /// <param name="name">The script, without <c>.sh</c>.</param>
    /// <param name="values">How many values it says; more is not waited for, for what it started may hold its output.</param>
    /// <param name="more">Arguments between the folder and this process's id.</param>
    /// <returns>The folder, and what the script said.</returns>
    public static async Task<(string Folder, IReadOnlyDictionary<string, string> Said)> StartAsync(string name, int values, params string[] more)
    {
        var folder = Directory.CreateTempSubdirectory($"weir-{name}-").FullName;
        return (folder, await RunAsync(name, values, ["start", folder, .. more, $"{Environment.ProcessId}"]));
    }

    /// <summary>Runs a script.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(string name, int values, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "eng", "servers", $"{name}.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var script = Process.Start(start)!;
        var error = new List<string>();
        script.ErrorDataReceived += (_, line) => error.Add(line.Data ?? "");
        script.BeginErrorReadLine();
        var said = new Dictionary<string, string>();
        while ((values == 0 || said.Count < values) && await script.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split('=', 2) is [var key, var value]) said[key] = value;
        await script.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);
        return script.ExitCode == 0 ? said : throw new InvalidOperationException($"{name}.sh {arguments[0]} failed: {string.Join('\n', error)}");
    }
}
