using System.Diagnostics;
using System.Globalization;

namespace Weir.Tests.Proof.Soak;

/// <summary>Samples memory by role and what lies on disk.</summary>
internal sealed class Watch(SoakPlan plan, Roles roles, string dataFolder, Stopwatch clock)
{
    private readonly List<(TimeSpan At, string What, double Value)> samples = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var now = clock.Elapsed;
            foreach (var (role, pid) in roles.All)
                if (Roles.Memory(pid) is { } memory) samples.Add((now, $"memory of {role}, MB", memory));
            foreach (var (what, count) in Disk()) samples.Add((now, what, count));
            try
            {
                await Task.Delay(plan.SampleEvery, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>A line per figure: the least, the middle and the most in each third.</summary>
    public IEnumerable<string> Lines() => samples.GroupBy(s => s.What).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        $"| {g.Key} | {Third(g, 1)} | {Third(g, 2)} | {Third(g, 3)} | {Number(g.Max(s => s.Value))} |");

    /// <summary>Figures whose middle in the last third is far above that of an earlier one.</summary>
    public IEnumerable<string> Grown(string prefix, int since, double factor, double atLeast) =>
        from g in samples.Where(s => s.What.StartsWith(prefix, StringComparison.Ordinal)).GroupBy(s => s.What)
        let first = Middle(Of(g, since))
        let last = Middle(Of(g, 3))
        where last > (first * factor) + atLeast
        select $"{g.Key} grew from {Number(first)} to {Number(last)}";

    private IEnumerable<(string What, double Count)> Disk()
    {
        var files = List(dataFolder);
        string Inside(string part) => $"{Path.DirectorySeparatorChar}{part}{Path.DirectorySeparatorChar}";
        yield return ("journal segments", files.Count(f => f.Contains(Inside("journal"), StringComparison.Ordinal) && f.EndsWith(".seg", StringComparison.Ordinal)));
        var lake = files.Where(f => f.Contains(Inside("lake"), StringComparison.Ordinal)).ToList();
        yield return ("Parquet files in the lake", lake.Count(f => f.EndsWith(".parquet", StringComparison.Ordinal) && !f.Contains(Inside("_delta_log"), StringComparison.Ordinal)));
        yield return ("log files of the lake", lake.Count(f => f.Contains(Inside("_delta_log"), StringComparison.Ordinal)));
        yield return ("files in the data folder", files.Length);
    }

    private static string[] List(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        }
        catch (IOException) { return []; } // a folder went meanwhile
    }

    private string Third(IEnumerable<(TimeSpan At, string What, double Value)> group, int third) => Of(group, third) is { Count: > 0 } values
        ? $"{Number(values.Min())} / {Number(Middle(values))} / {Number(values.Max())}" : "none";

    private List<double> Of(IEnumerable<(TimeSpan At, string What, double Value)> group, int third) =>
        [.. group.Where(s => s.At >= plan.Length * (third - 1) / 3 && s.At < plan.Length * third / 3).Select(s => s.Value)];

    private static double Middle(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);

    private static string Number(double value) => value.ToString("n0", CultureInfo.InvariantCulture);
}
