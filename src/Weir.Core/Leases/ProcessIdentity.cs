using System.Diagnostics;
using System.Globalization;

namespace Weir.Leases;

/// <summary>Tells one process from another that later got its number.</summary>
public static class ProcessIdentity
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>This machine's name.</summary>
    public static string Host { get; } = Environment.MachineName;

    /// <summary>This run of the machine: another after each start. Empty where the system does not tell.</summary>
    public static string Boot { get; } = File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "";

    /// <summary>When this process began, as <see cref="StartOf"/> tells it.</summary>
    public static long Start { get; } = StartOf(Environment.ProcessId) ?? 0;

    /// <summary>When a process of this machine began, in the system's own count; null if there is none of that number, or only its remains.</summary>
    public static long? StartOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux()) return ParseStat(File.ReadAllText($"/proc/{pid}/stat"));
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The 22nd field; the name before it may hold anything, blanks and brackets too. A process that ended and was not waited for has state Z.</summary>
    private static long? ParseStat(string stat)
    {
        const int State = 0, StartTime = 19;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[State] is "Z" or "X" ? null : long.Parse(fields[StartTime], CultureInfo.InvariantCulture);
    }
}
