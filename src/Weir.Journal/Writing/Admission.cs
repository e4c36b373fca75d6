using Weir.Storage;

namespace Weir.Journal.Writing;

/// <summary>
/// Decides whether a batch may be taken: the bytes of segments in the journal and of batches that wait have their limits. What landing moved
/// away is noticed by counting the files anew, at most once a second, when the disk budget is reached.
/// </summary>
internal sealed class Admission(JournalOptions options, IDisk disk, TimeProvider time)
{
    private readonly Lock gate = new();
    private long stored = Measure(options.Folder, disk);
    private long waiting;
    private long counted = time.GetTimestamp();

    /// <summary>Whether the last batch that asked was refused because the disk budget is reached.</summary>
    public bool Full { get; private set; }

    /// <exception cref="WeirException">WEIR2002: the disk budget is reached. WEIR2009: too much waits.</exception>
    public void Admit(long bytes)
    {
        lock (gate)
        {
            if (waiting > 0 && waiting + bytes > options.QueueBytes) throw JournalErrors.Busy(waiting, options.QueueBytes);
            if (Exceeds(bytes)) Recount();
            Full = Exceeds(bytes);
            if (Full) throw JournalErrors.BudgetReached(stored + waiting, bytes, options.DiskBudget);
            waiting += bytes;
        }
    }

    /// <summary>An admitted batch is on the disk.</summary>
    public void Written(long bytes)
    {
        lock (gate)
        {
            waiting -= bytes;
            stored += bytes;
        }
    }

    /// <summary>An admitted batch was not written after all.</summary>
    public void GivenUp(long bytes)
    {
        lock (gate) waiting -= bytes;
    }

    private bool Exceeds(long bytes) => stored + waiting + bytes > options.DiskBudget;

    private void Recount()
    {
        if (time.GetElapsedTime(counted) < TimeSpan.FromSeconds(1)) return;
        counted = time.GetTimestamp();
        stored = Measure(options.Folder, disk);
    }

    private static long Measure(string data, IDisk disk)
    {
        var folder = Layout.Journal(data);
        if (!Directory.Exists(folder)) return 0;
        return Directory.GetDirectories(folder).Sum(stream => disk.List(stream, "*.seg").Sum(LengthOf));
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0; // moved to raw between the listing and now
    }
}
