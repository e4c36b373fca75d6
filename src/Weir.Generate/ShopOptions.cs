namespace Weir.Generate;

/// <summary>What kind of shop is generated. Everything is a pure function of these options: the same options give the same bytes.</summary>
public sealed record ShopOptions
{
    /// <summary>The seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When the shop opened, UTC, on an hour.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The hour, UTC, at which checkouts in one version of the mobile app begin to fail; null: never.</summary>
    public DateTimeOffset? StoryAt { get; init; }

    /// <summary>Mean visits a day, all platforms.</summary>
    public double VisitsPerDay { get; init; } = 1_050;

    /// <summary>The shop's own time zone (IANA).</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>The share of all received events that are copies of an earlier one.</summary>
    public double Duplicates { get; init; } = 0.15;

    /// <summary>Of the copies: the share that comes more than an hour after the original.</summary>
    public double LateDuplicates { get; init; } = 0.10;

    /// <summary>The share of events without a user id.</summary>
    public double WithoutUser { get; init; } = 0.03;

    /// <summary>The share of events that are malformed in some way.</summary>
    public double Malformed { get; init; } = 0.004;

    /// <summary>How many people there are; three fifths of them from the first day on.</summary>
    public int People { get; init; } = 3_000;

    /// <summary>Visits of programs, per visit of a person; each looks at many pages.</summary>
    public double Bots { get; init; } = 0.0035;

    /// <summary>The share of clients that still send the first schema generation.</summary>
    public double FirstGeneration { get; init; } = 0.25;
}
