using System.Text.Json;

namespace Weir.Tests.Proof.Soak;

/// <summary>The processes of a running <c>weir up</c>, by role, as their leases name them; without leases there is one, called <c>up</c>.</summary>
internal sealed class Roles(string dataFolder, Func<int> up)
{
    public const string Whole = "up";
    private static readonly string[] Names = ["collect", "land", "serve"];

    /// <summary>Role and process of those that run as a process of their own, besides the one that watches over them.</summary>
    public IReadOnlyDictionary<string, int> Own => Names.Select(name => (name, Pid: Holder(name))).Where(r => r.Pid is { } pid && pid != up() && IsAlive(pid)).ToDictionary(r => r.name, r => r.Pid!.Value);

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, int> All => new Dictionary<string, int>(Own) { [Whole] = up() };

    /// <summary>Resident memory in MB; null if the process is gone.</summary>
    public static double? Memory(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024.0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return null; }
    }

    public static bool IsAlive(int pid) => Memory(pid) is not null;

    private int? Holder(string name)
    {
        try
        {
            var folder = Path.Combine(dataFolder, "run", "leases", name);
            if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.json").Max(StringComparer.Ordinal) is not { } newest) return null;
            using var lease = JsonDocument.Parse(File.ReadAllText(newest));
            return lease.RootElement.GetProperty("ProcessId").GetInt32();
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException) { return null; }
    }
}
