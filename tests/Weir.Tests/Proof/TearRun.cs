using System.Diagnostics;
using Weir.Land;

namespace Weir.Tests.Proof;

/// <summary>
/// One seed: appends, takes files, lands and recovers on a disk that tears, over several crashes; then compares what is in the lake with a
/// model that knows only what was sent and answered.
/// </summary>
internal sealed class TearRun
{
    /// <summary>What nothing that a disk does may ever lead to: the product would say that it lost or doubled something.</summary>
    private static readonly string[] Never =
        ["WEIR2005", "WEIR2006", "WEIR2007", "WEIR2008", "WEIR2011", "WEIR4005", "WEIR4006", "WEIR4009", "WEIR4010", "WEIR4011", "WEIR5002", "WEIR5003", "WEIR5006", "WEIR6001", "WEIR6004", "WEIR6005", "WEIR6010"];

    private readonly Random random;
    private readonly TearPlan plan;
    private readonly World world;
    private readonly Clients clients;
    private readonly List<DropFile> files = [];
    private readonly Received received;
    private readonly Doings doings;
    private readonly Found found;
    private readonly List<string> story = [];

    private TearRun(int seed, bool ignoreSync, Found found)
    {
        random = new Random(seed);
        plan = TearPlan.Of(random);
        world = new World(seed, plan.Tearing(ignoreSync));
        var sources = new[] { World.Web, World.Mobile, World.Crm, World.Rows }.Where(_ => random.Next(3) > 0).ToList();
        clients = new Clients(random, sources.Count == 0 ? [World.Web] : sources);
        received = new Received(clients, files);
        doings = new Doings(world, random, clients, files, received, plan, Counts, Tell);
        this.found = found;
        Tell($"{plan}");
    }

    public TearCounts Counts { get; } = new() { Seeds = 1 };

    /// <summary>Runs a seed; gives what does not hold with all that led to it, or null.</summary>
    public static async Task<(string? Fault, TearCounts Counts)> OfAsync(int seed, Found found, bool ignoreSync = false)
    {
        var run = new TearRun(seed, ignoreSync, found);
        using var world = run.world;
        try
        {
            for (var crash = 0; crash < run.plan.Crashes; crash++) await run.LiveAndCrashAsync();
            await run.FinishAsync();
            return (null, run.Counts);
        }
        catch (Exception e)
        {
            return ($"seed {seed}: {(e is TearException ? e.Message : e.ToString())}\n  {string.Join("\n  ", run.story)}", run.Counts);
        }
        finally
        {
            run.Counts.Faults = world.Disk.Faults;
        }
    }

    private async Task LiveAndCrashAsync()
    {
        world.Disk.FaultRate = plan.FaultRate;
        world.Disk.FailPowerAfter(random.Next(1, random.Next(2) == 0 ? 150 : 900));
        for (var lives = 0; lives < 3 && !world.Disk.IsOff; lives++) await LiveAsync(random.Next(3, 25));
        Counts.Crashes++;
        var process = random.Next(4) == 0;
        Tell(process ? "-- the process was killed" : "-- the power failed");
        if (process) world.Disk.Restart();
        else
        {
            world.Disk.PowerOn();
            Counts.PowerFailures++;
        }
        world.Disk.FaultRate = 0;
        if (random.Next(2) == 0) await ObserveAsync();
    }

    /// <summary>One life. It ends by itself, by a fault of the disk that a process does not survive, or with the power.</summary>
    private async Task LiveAsync(int doingsLeft)
    {
        Life? life = null;
        try
        {
            life = await Life.BeginAsync(world, LifeOptions.Any(random, plan));
            while (doingsLeft-- > 0 && !world.Disk.IsOff) await TryAsync(() => doings.OneAsync(life));
            await TryAsync(doings.SettleAsync);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            Tell($"the process ends: {e.Message}");
        }
        finally
        {
            if (random.Next(2) == 0) world.Disk.FailPower(); // killed: nothing is closed in good order
            if (life is not null) await life.DisposeAsync();
        }
    }

    private async Task TryAsync(Func<Task> doing)
    {
        try
        {
            await doing();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            Tell($"failed: {e.Message.ReplaceLineEndings(" ")} {Where(e)}");
        }
    }

    /// <summary>After a crash, on a good disk: everything acknowledged is there.</summary>
    private async Task ObserveAsync()
    {
        await using var life = await Life.BeginAsync(world, LifeOptions.Any(random, plan));
        await ObserveAsync(life);
    }

    private async Task ObserveAsync(Life life)
    {
        foreach (var stream in life.Streams()) await received.ObserveAsync(stream, plan.KeepRaw);
        received.RequireAcknowledged();
    }

    private async Task FinishAsync()
    {
        await using var life = await Life.BeginAsync(world, LifeOptions.Any(random, plan));
        await ObserveAsync(life);
        if (random.Next(2) == 0) await doings.SendAsync(life, 2);
        await ObserveAsync(life);
        var result = await life.LandAsync();
        Tell($"at last: {result}");
        if (result.Problems.Count > 0) throw new TearException(result.Problems[0].Message);
        Counts.Landed += result.Events;
        await ObserveAsync(life);
        var snapshot = life.Lake.ReadSnapshot();
        Fates.Check(received, found.Read(snapshot));
        CheckAccount(life);
        life.Witness();
        await CheckProofAsync(life);
    }

    /// <summary>The proof holds, and its counts are exactly those of the model.</summary>
    private async Task CheckProofAsync(Life life)
    {
        var report = await life.VerifyAsync();
        if (!report.Holds) throw new TearException($"the account is not proven: {string.Join("; ", report.Faults)}");
        var wanted = received.Streams.Where(s => s.Value.Events.Count > 0).Select(s => (s.Key, (long)s.Value.Events.Count)).Order();
        var proven = report.Streams.Where(s => s.To > 0).Select(s => (s.Stream, s.Landed + s.Duplicate + s.Quarantined)).Order();
        if (!wanted.SequenceEqual(proven)) throw new TearException($"proven are {string.Join(' ', proven)}, received were {string.Join(' ', wanted)}");
        if (report.Streams.FirstOrDefault(s => s.From != 0 || s.Waiting + s.Unproven + s.Dropped != 0) is { } off) throw new TearException($"all has landed and is witnessed, yet the proof says {off}");
    }

    /// <summary>The account agrees with the model, hour by hour.</summary>
    private void CheckAccount(Life life)
    {
        var account = Account.Read(life.Lake, life.Streams);
        if (!account.AddsUp) throw new TearException($"the account does not add up: {string.Join("; ", account.Problems)}");
        var wanted = received.Streams.Values.SelectMany(s => s.Events.Select(e => (s.Source, e.Hour))).CountBy(e => e).Select(e => (e.Key.Source, e.Key.Hour, (long)e.Value)).Order();
        var told = account.Rows.Select(r => (r.Source, r.Hour, r.Received)).Order();
        if (!wanted.SequenceEqual(told)) throw new TearException($"the account says {string.Join(' ', told)}, received were {string.Join(' ', wanted)}");
        if (account.Rows.Sum(r => r.Waiting) is > 0 and var waiting) throw new TearException($"all has landed, yet {waiting} events wait");
    }

    private static bool IsOfTheDisk(Exception e) => e switch
    {
        WeirException w => !Never.Contains(w.Code),
        IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>The product's innermost two steps.</summary>
    private static string Where(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        var steps = (e.StackTrace ?? "").Split('\n').Where(l => l.Contains(" Weir.", StringComparison.Ordinal) && !l.Contains("Weir.Tests", StringComparison.Ordinal));
        return string.Join(" < ", steps.Take(3).Select(l => l.Trim()[3..].Split('(')[0]));
    }

    private void Tell(string what)
    {
        lock (story) story.Add(what);
    }
}
