using System.Diagnostics;
using System.Text;

namespace Weir.Tests.Acceptance;

/// <summary>The program as a user starts it: a process of its own.</summary>
internal sealed class WeirProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private WeirProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "weir.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = arguments.First() == "role", // which ends when its stdin does
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(error, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static WeirProcess Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments) => new(arguments, environment);

    /// <summary>Runs to the end.</summary>
    public static async Task<Result> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var weir = new WeirProcess(arguments, environment);
        return await weir.WaitAsync(TimeSpan.FromMinutes(8));
    }

    public static Task<Result> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public string Error { get { lock (error) return error.ToString(); } }

    /// <summary>What it has written to stdout so far.</summary>
    public string Output { get { lock (output) return output.ToString(); } }

    public bool HasExited => process.HasExited;

    /// <summary>The most memory the process has had resident so far, in bytes; 0 once it has ended.</summary>
    public long PeakMemory
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) * 1024;
            }
            catch (IOException) { return 0; }
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill() => process.Kill();

    public int Id => process.Id;

    /// <summary>SIGTERM: what a service manager sends.</summary>
    public void Terminate() => Signal(process.Id, "TERM");

    /// <summary>Sends a signal to any process.</summary>
    public static void Signal(int processId, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString()]);
        kill.WaitForExit();
    }

    public async Task<Result> WaitAsync(TimeSpan limit)
    {
        using var late = new CancellationTokenSource(limit);
        await process.WaitForExitAsync(late.Token);
        lock (output) lock (error) return new Result(process.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null) lock (text) text.AppendLine(line);
    }

    /// <summary>How a run ended.</summary>
    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public Result ShouldSucceed()
        {
            ExitCode.ShouldBe(0, Error);
            return this;
        }
    }
}
