using Weir.Connect;
using Weir.Lake;

namespace Weir.Tests.Proof;

/// <summary>What happens while a process lives: clients send, files are offered, landing runs, the lake is compacted, ids are forgotten, time passes.</summary>
internal sealed class Doings(World world, Random random, Clients clients, List<DropFile> files, Received received, TearPlan plan, TearCounts counts, Action<string> tell)
{
    private Task landing = Task.CompletedTask;

    /// <summary>Any one thing; what failed is told by an exception, as to a process that then may go on.</summary>
    public async Task OneAsync(Life life)
    {
        switch (random.Next(16))
        {
            case < 5:
                await SendAsync(life, random.Next(4) == 0 ? random.Next(2, 5) : 1);
                break;
            case < 8:
                await LandAsync(life);
                break;
            case 8 or 9:
                if (!landing.IsCompleted) await SettleAsync(); // an event's hour is that of its sending
                world.Pass(TimeSpan.FromMinutes(random.Next(1, 45)));
                break;
            case 10:
                await OfferAsync(life);
                break;
            case 14:
                life.Witness();
                break;
            case 11 or 12 or 13:
                await MaintainAsync(life);
                break;
            default:
                await SettleAsync();
                if (random.Next(2) == 0) await life.ForgetIdsAsync(random);
                break;
        }
    }

    /// <summary>Waits for what runs beside; its failure is that of the process.</summary>
    public async Task SettleAsync()
    {
        var running = landing;
        landing = Task.CompletedTask;
        await running;
    }

    /// <summary>Some batches at once. What became of them is noted in their order, so that a seed does not hang on that of threads.</summary>
    public async Task SendAsync(Life life, int batches)
    {
        var attempts = Enumerable.Range(0, batches).Select(_ => clients.Next(world.Time.Now)).ToList();
        var sending = attempts.ConvertAll(a => life.Writer.AppendAsync(a.Source, Events.Dialects.Weir, a.Envelope, a.Bytes, CancellationToken.None));
        try
        {
            await Task.WhenAll(sending);
        }
        finally
        {
            foreach (var (attempt, answer) in attempts.Zip(sending)) Note(attempt, answer);
        }
    }

    private void Note(Attempt attempt, Task<Weir.Journal.AppendResult> sent)
    {
        if (!sent.IsCompletedSuccessfully)
        {
            tell($"batch {attempt.Number} to {attempt.Source} failed");
            clients.Remember(attempt);
            return;
        }
        attempt.Answer = (sent.Result.StreamId, sent.Result.FirstOrdinal);
        counts.Appended += attempt.Events.Count;
        tell($"batch {attempt.Number} of {attempt.Events.Count} to {attempt.Source}: at {sent.Result.FirstOrdinal}");
        if (random.Next(10) == 0) clients.Remember(attempt); // its answer was lost on the way
    }

    private async Task LandAsync(Life life)
    {
        await SettleAsync();
        if (!plan.KeepRaw) foreach (var stream in life.Streams()) await received.ObserveAsync(stream, fromBeginning: false); // before it can be removed
        landing = LandNowAsync(life);
        if (!plan.Beside) await SettleAsync();
    }

    public async Task LandNowAsync(Life life)
    {
        var result = await life.LandAsync();
        counts.Landed += result.Events;
        tell($"landed {result.Landed}, {result.Duplicate} copies, {result.Quarantined} kept aside in {result.Commits} commits{string.Concat(result.Problems.Select(p => "; " + p.Message))}");
    }

    private async Task MaintainAsync(Life life)
    {
        foreach (var work in await life.MaintainAsync(random.Next(1, 12)))
        {
            tell($"{work.Kind} of {work.Table}: {work.Files} files");
            if (work.Kind == MaintenanceKind.Compaction) counts.Compactions++;
            else counts.Deleted += work.Files;
        }
    }

    private async Task OfferAsync(Life life)
    {
        if (files.Count == 0 || random.Next(3) == 0) files.Add(new DropFile(Path.Combine(world.Drop, $"f{files.Count}.ndjson")));
        var file = files[random.Next(files.Count)];
        if (file.Lines.Count == 0 || random.Next(2) == 0) file.Grow(random);
        var result = await life.Intake.TakeAsync(World.Source(DropFile.Source), file.Path, CancellationToken.None);
        tell($"offered {file.Name} with {file.Lines.Count} lines: {result.Outcome}, {result.Records} new");
        if (result.Outcome is IntakeOutcome.Changed or IntakeOutcome.NotStill) throw new TearException($"{file.Name} only grew, and is told to be {result.Outcome}");
        file.Stream ??= result.StreamId;
        if (file.Stream != result.StreamId) throw new TearException($"{file.Name} is in two streams, {file.Stream} and {result.StreamId}");
        file.Acknowledged = file.Lines.Count;
        counts.Appended += result.Records;
    }
}
