using Weir.Land.Tap;

namespace Weir.Commands.Live;

/// <summary>How a fate looks on a terminal: a sign and a colour.</summary>
internal static class FateMark
{
    /// <param name="kind">The fate.</param>
    /// <param name="isInvalid">Whether validation rejects what is still pending.</param>
    public static (string Sign, int Colour) Of(string kind, bool isInvalid = false) => kind switch
    {
        Fate.Pending when isInvalid => ("!", 33),
        Fate.Pending => ("·", 90),
        Fate.Landed => ("✓", 32),
        Fate.Duplicate => ("=", 36),
        _ => ("✗", 31),
    };
}
