using System.Collections.Concurrent;

namespace Weir.Generate.Load;

/// <summary>Sends a shop's traffic to a collector at a rate, or as fast as it is answered, and counts what becomes of it.</summary>
public sealed class LoadRun
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);
    private readonly LoadOptions options;
    private readonly TimeProvider time;
    private readonly ConcurrentQueue<LoadBody> bodies;
    private readonly LoadCounts counts;
    private readonly Truth? truth;
    private readonly long began;
    private long tickets;

    private LoadRun(LoadOptions options, TimeProvider time, Truth? truth)
    {
        (this.options, this.time, this.truth) = (options, time, truth);
        bodies = new(new LoadBodies(options, time.GetUtcNow()).Make());
        counts = new(time); // from now on
        began = time.GetTimestamp();
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="options">What to send.</param>
    /// <param name="time">The clock.</param>
    /// <param name="truth">Where the accepted events are listed, a line of JSON each; null: nowhere. Closed at the end.</param>
    /// <param name="progress">Told every five seconds.</param>
    /// <param name="cancellationToken">Ends it at once: requests under way are cut off, and the report is of what ended before.</param>
    /// <exception cref="WeirException">WEIR1041: nobody listens.</exception>
    public static async Task<LoadReport> RunAsync(LoadOptions options, TimeProvider time, Stream? truth, Action<LoadReport>? progress, CancellationToken cancellationToken)
    {
        using var list = truth is null ? null : new Truth(truth);
        var run = new LoadRun(options, time, list);
        using var sender = new LoadSender(options, run.counts, time);
        await sender.KnockAsync(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var telling = run.TellAsync(progress, over.Token);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(() => run.SendAsync(sender, cancellationToken), CancellationToken.None)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was counted before stands.
        }
        await over.CancelAsync();
        await telling;
        return run.counts.Report(isOver: true);
    }

    /// <summary>One connection: a request after the other, each when it is due.</summary>
    private async Task SendAsync(LoadSender sender, CancellationToken cancellationToken)
    {
        var giveUp = began + (long)((options.Duration + options.Patience).TotalSeconds * time.TimestampFrequency);
        while (DueAt(Interlocked.Increment(ref tickets) - 1) is { } due && time.GetTimestamp() < giveUp)
        {
            if (due - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero) await Task.Delay(left, time, cancellationToken);
            if (!bodies.TryDequeue(out var body)) throw new InvalidOperationException("There are more bodies than connections.");
            body.Renew(time.GetUtcNow());
            var status = await sender.SendAsync(body.Bytes, giveUp, cancellationToken);
            body.Answered(LoadSender.IsTaken(status));
            counts.Ended(body, status);
            if (LoadSender.IsTaken(status)) truth?.Accepted(body);
            bodies.Enqueue(body);
        }
    }

    /// <summary>When a request is due, from the beginning on; null: it is not to be sent any more. With a rate, exactly as many are sent as it says, late if need be.</summary>
    private TimeSpan? DueAt(long ticket)
    {
        if (options.Requests is { } all) return ticket < all ? options.Duration * (ticket / (double)all) : null;
        return time.GetElapsedTime(began) is var now && now < options.Duration ? now : null;
    }

    private async Task TellAsync(Action<LoadReport>? progress, CancellationToken cancellationToken)
    {
        while (progress is not null)
        {
            await Task.Delay(TellEvery, time, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (cancellationToken.IsCancellationRequested) return;
            progress(counts.Report(isOver: false));
        }
    }
}
