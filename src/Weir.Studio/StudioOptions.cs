namespace Weir.Studio;

/// <summary>What the Studio is told by the program that hosts it.</summary>
public sealed record StudioOptions
{
    /// <summary>Where its figures come from.</summary>
    public required IStudioData Data { get; init; }

    /// <summary>The project's name, shown at the top of each page.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The project's folder, which holds <c>dashboards/home.yml</c>.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The environment (<c>--env</c>).</summary>
    public string Environment { get; init; } = "local";

    /// <summary>The business's IANA time zone; <c>time_zone</c> of home.yml goes before it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The sources of weir.yml in their order, which is the order of their colours.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Where the collector listens, for the commands that the empty page shows; null: there is none.</summary>
    public string? CollectAddress { get; init; }

    /// <summary>A write key for those commands.</summary>
    public string? WriteKey { get; init; }

    /// <summary>Names besides <c>localhost</c> and loopback addresses under which a browser may ask (<c>Host</c>, without port).</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>How old a table may be before it is called stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(2);
}
