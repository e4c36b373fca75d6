namespace Weir.Land.Evaluate;

/// <summary>What the column <c>_flags</c> says of an event that landed.</summary>
internal static class EventFlags
{
    /// <summary>It was sent in an older version of its contract.</summary>
    public const string Migrated = "migrated";

    /// <summary>It happened longer before it was received than its source's <c>max_age</c>.</summary>
    public const string TooOld = "too_old";
}
