namespace Weir.Land.Privacy;

/// <summary>What becomes of a kind of personal data.</summary>
public enum PersonalMode
{
    /// <summary>It lands as it was sent.</summary>
    Keep,
    /// <summary>A keyed hash lands: equal values stay equal, and nobody who lacks the key can tell or try them.</summary>
    Hash,
    /// <summary><c>***</c> lands; of an IP address the network.</summary>
    Mask,
    /// <summary>Nothing lands.</summary>
    Drop,
}
