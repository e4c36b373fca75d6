namespace Weir.Collect.Requests;

/// <summary>The bytes that the bodies of all requests hold together.</summary>
internal sealed class BodyMemory(long limit)
{
    private long held;

    /// <exception cref="WeirException">WEIR3009: it would be more than the limit.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref held, bytes) <= limit) return;
        GiveBack(bytes);
        throw CollectErrors.TooManyBytes();
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref held, -bytes);
}
