namespace Weir.Land.Accounting.Verify;

/// <summary>Progress told on the thread that makes it.</summary>
internal sealed class Count(Action<long> more) : IProgress<long>
{
    public void Report(long value) => more(value);
}
