namespace Weir.Events;

/// <summary>Why an event was dropped on purpose; the ledger counts dropped events by these.</summary>
public static class DropReasons
{
    /// <summary>Its bytes cannot be read, and a person gave it up (<c>weir journal drop-corrupt</c>).</summary>
    public const string Corrupt = "corrupt";

    /// <summary>It is a bot's, by its user agent, and its source drops those.</summary>
    public const string Bot = "bot";

    /// <summary>It is of somebody who was erased before.</summary>
    public const string Erased = "erased";
}
