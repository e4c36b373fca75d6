namespace Weir.Generate;

/// <summary>What marketing runs, as the links of it say.</summary>
/// <param name="Name">utm_campaign.</param>
/// <param name="Source">utm_source.</param>
/// <param name="Medium">utm_medium.</param>
public sealed record Campaign(string Name, string Source, string Medium)
{
    /// <summary>All of them; most visits come without one.</summary>
    public static IReadOnlyList<Campaign> All { get; } =
        [new("newsletter-autumn", "newsletter", "email"), new("search-brand", "search", "cpc"), new("social-video", "social", "social"), new("affiliate-home", "affiliate", "affiliate")];
}
