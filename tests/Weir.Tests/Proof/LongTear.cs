using System.Diagnostics;
using System.Globalization;

namespace Weir.Tests.Proof;

/// <summary>The long run behind <c>eng/long/tear</c>, which says by environment what to run and where to write.</summary>
public class LongTear
{
    private static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable($"WEIR_TEAR_{name}") is { Length: > 0 } set ? set : otherwise;

    [Fact]
    public async Task Seeds()
    {
        if (Setting("SEEDS", "") == "") Assert.Skip("Run eng/long/tear.");
        var (seeds, from, jobs) = (Number(Setting("SEEDS", "")), Number(Setting("FROM", "0")), Number(Setting("JOBS", "2")));
        var run = new TearSeeds(from, seeds, jobs, ignoreSync: Setting("NO_FSYNC", "") == "1", keepGoing: Setting("KEEP_GOING", "") == "1");
        await run.RunAsync();
        await File.WriteAllTextAsync(Setting("RESULT", "/dev/stdout"), run.Describe());
        run.Faults.ShouldBeEmpty(string.Join("\n\n", run.Faults));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Many seeds on several jobs, until one fails or all have run.</summary>
internal sealed class TearSeeds(int from, int seeds, int jobs, bool ignoreSync, bool keepGoing)
{
    private readonly TearCounts counts = new();
    private readonly List<string> faults = [];
    private readonly Stopwatch watch = new();
    private int next;

    public IReadOnlyList<string> Faults => faults;

    public async Task RunAsync()
    {
        watch.Start();
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Task.Run(JobAsync)));
        watch.Stop();
    }

    public string Describe()
    {
        string Line(string what, object count) => string.Create(CultureInfo.InvariantCulture, $"| {what} | {count:n0} |\n");
        return Line("seeds", counts.Seeds) + Line("seeds that failed", faults.Count) + Line("crashes", counts.Crashes) + Line("of these, power failures", counts.PowerFailures)
            + Line("injected errors", counts.Faults) + Line("events acknowledged", counts.Appended) + Line("events landed, copies and quarantined ones included", counts.Landed)
            + Line("compactions", counts.Compactions) + Line("files vacuumed and cleaned from logs", counts.Deleted) + Line("seconds", (long)watch.Elapsed.TotalSeconds);
    }

    private async Task JobAsync()
    {
        using var found = new Found();
        while ((faults.Count == 0 || keepGoing) && Interlocked.Increment(ref next) is var number && number <= seeds)
        {
            var seed = from + number - 1;
            var running = TearRun.OfAsync(seed, found, ignoreSync);
            if (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMinutes(2))) != running)
            {
                lock (faults) faults.Add($"seed {seed}: it hangs");
                return; // what hangs holds the database
            }
            var (fault, count) = await running;
            counts.Add(count);
            if (fault is not null)
            {
                Console.Error.WriteLine(fault);
                lock (faults) faults.Add(fault);
            }
            if (number % 100 == 0) Console.Error.WriteLine($"{number} of {seeds} seeds, {watch.Elapsed:hh\\:mm\\:ss}, {faults.Count} failed");
        }
    }
}
