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

    /// <summary>An offset of a topic that holds no event: a transaction's marker, what was aborted, or what the topic's own rules had removed before it could be read.</summary>
    public const string NoMessage = "no_message";

    /// <summary>It was acknowledged by Kafka, and its topic's retention deleted it before it landed.</summary>
    public const string Lost = "lost";

    /// <summary>A message of a topic of others that has no value: it says that what had its key is gone.</summary>
    public const string Tombstone = "tombstone";
}
