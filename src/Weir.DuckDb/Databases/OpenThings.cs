namespace Weir.DuckDb.Databases;

/// <summary>What still hangs on a connection (prepared statements, results, appenders), so that closing it releases the database
/// whatever was forgotten. Held weakly: a forgotten one is freed by the garbage collector before that.</summary>
internal sealed class OpenThings
{
    private readonly Lock gate = new();
    private readonly HashSet<WeakReference<IDisposable>> things = [];
    private int nextSweep = 64;

    public WeakReference<IDisposable> Add(IDisposable thing)
    {
        var reference = new WeakReference<IDisposable>(thing);
        lock (gate)
        {
            if (things.Count >= nextSweep)
            {
                things.RemoveWhere(r => !r.TryGetTarget(out _));
                nextSweep = Math.Max(64, things.Count * 2);
            }
            things.Add(reference);
        }
        return reference;
    }

    public void Remove(WeakReference<IDisposable> reference)
    {
        lock (gate)
            things.Remove(reference);
    }

    public void DisposeAll()
    {
        WeakReference<IDisposable>[] all;
        lock (gate)
        {
            all = [.. things];
            things.Clear();
        }
        foreach (var reference in all)
            if (reference.TryGetTarget(out var thing))
                thing.Dispose();
    }
}
