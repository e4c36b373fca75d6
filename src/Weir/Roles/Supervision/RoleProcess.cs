using System.Diagnostics;
using Weir.Configuration;
using Weir.Leases;

namespace Weir.Roles.Supervision;

/// <summary>One running role. Its stdin is a pipe from this process: when that closes, also because this process was killed, the role ends by itself.</summary>
internal sealed class RoleProcess : IDisposable
{
    /// <summary>What a role writes to stdout, once, when it does its work.</summary>
    public const string ReadyLine = "ready";

    private readonly Process process;

    private RoleProcess(Process process)
    {
        this.process = process;
        Ready = WaitReadyAsync();
        Ended = process.WaitForExitAsync();
    }

    public int Id => process.Id;

    /// <summary>Completes with true when the role does its work, with false when it ended before.</summary>
    public Task<bool> Ready { get; }

    public Task Ended { get; }

    public int ExitCode => process.ExitCode;

    public static RoleProcess Start(RolePlan plan, ProjectSettings settings)
    {
        var (file, first) = WeirExecutable.Find();
        var start = new ProcessStartInfo(file,
        [
            .. first, "role", plan.Name, .. plan.Arguments,
            "--project", settings.Folder, "--data", settings.DataFolder, "--env", settings.Environment,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true, // not for people: what a role has to say goes to the stderr it shares with the supervisor
            UseShellExecute = false,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{(long)(plan.Memory * plan.HeapPart):x}";
        foreach (var (name, value) in plan.Runtime) start.Environment[name] = value;
        return new RoleProcess(Process.Start(start)!);
    }

    /// <summary>Resident memory, in bytes; 0 once it has ended.</summary>
    public long Memory
    {
        get
        {
            try
            {
                process.Refresh();
                return process.HasExited ? 0 : process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Asks it to end well.</summary>
    public void Stop()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    /// <summary>Asks it to end well, and kills it if it does not within a time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Stop();
        if (await Task.WhenAny(Ended, Task.Delay(patience)) != Ended) Kill();
        await Ended;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    public void Dispose() => process.Dispose();

    private async Task<bool> WaitReadyAsync()
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
                if (line == ReadyLine) return true;
        }
        catch (IOException)
        {
            // It is gone.
        }
        return false;
    }
}
