namespace Weir.Land.Tap;

/// <summary>What a subscriber gets.</summary>
/// <param name="Type"><c>event</c>, <c>fate</c>, <c>sample</c>, <c>gap</c> or <c>problem</c>; <c>docs/guides/live.md</c> says what is in each.</param>
/// <param name="Json">A JSON object, UTF-8, on one line.</param>
public readonly record struct TapMessage(string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>An event, pending.</summary>
    public const string Event = "event";
    /// <summary>What became of an event that was shown.</summary>
    public const string Fate = "fate";
    /// <summary>What is shown is a sample, or is whole again.</summary>
    public const string Sample = "sample";
    /// <summary>Something was skipped.</summary>
    public const string Gap = "gap";
    /// <summary>A stream, or the lake, cannot be read.</summary>
    public const string Problem = "problem";
}
