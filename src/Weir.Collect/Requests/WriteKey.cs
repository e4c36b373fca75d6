using Weir.Sources;

namespace Weir.Collect.Requests;

/// <summary>One write key: whose events it brings, from which pages, and how many.</summary>
internal sealed class WriteKey(SourceDefinition source, TimeProvider time)
{
    private readonly RateLimit? limit = source.RateLimit is { } rate ? new RateLimit(rate, time) : null;

    public string Source => source.Name;

    /// <summary>Refuses pages that may not send.</summary>
    /// <exception cref="WeirException">WEIR3008.</exception>
    public void CheckOrigin(string origin)
    {
        if (origin.Length > 0 && source.Origins.Count > 0 && !source.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) throw CollectErrors.ForeignOrigin(origin);
    }

    /// <summary>Counts events; false: too many, try again after the time.</summary>
    public bool TryTake(int events, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        return limit is null || limit.TryTake(events, out wait);
    }

    public WeirException TooMany() => CollectErrors.TooManyOfKey(source.RateLimit!.Value);
}
