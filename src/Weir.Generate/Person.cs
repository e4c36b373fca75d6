namespace Weir.Generate;

/// <summary>Somebody who visits the shop.</summary>
/// <param name="Number">0-based; the first ones visit most.</param>
/// <param name="UserId">The shop's id for the person.</param>
/// <param name="AnonymousId">The browser's or app's id.</param>
/// <param name="Name">A name.</param>
/// <param name="Email">An address at example.com.</param>
/// <param name="City">A city.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">Where the person lives (IANA).</param>
/// <param name="IsMobile">Whether the person uses the app rather than the web.</param>
/// <param name="IsAndroid">For the app: Android rather than iOS.</param>
/// <param name="FirstGeneration">Whether the person's client still sends the first schema generation.</param>
/// <param name="ClockOff">How far the person's clock is off.</param>
/// <param name="Since">The first day of the person at the shop, counted from its opening.</param>
public sealed record Person(
    int Number, string UserId, Guid AnonymousId, string Name, string Email, string City, string Country, string TimeZone,
    bool IsMobile, bool IsAndroid, bool FirstGeneration, TimeSpan ClockOff, int Since)
{
    /// <summary>Whether it is a program.</summary>
    public bool IsBot => Number < 0;

    /// <summary>The id that the person had in the shop before the last one, for some; operations' mapping table knows it, and tickets still bear it.</summary>
    public string? FormerUserId => Number >= 0 && Number % 8 == 3 ? $"k-{50_000 + Number}" : null;

    /// <summary>The CRM's id of the person.</summary>
    public string ContactId => $"003{Number:D9}";

    /// <summary>Whether sales knows which user the contact is; where not, the address says it, or operations' mapping table.</summary>
    public bool IsKnownToSales => Number % 10 != 7;

    /// <summary>The browser of somebody is another's, too, for some: two people on one laptop.</summary>
    internal static int? SharesWith(int number) => number % 40 == 1 ? number - 1 : null;

    private static readonly string[] First = ["Anna", "Jonas", "Lea", "Paul", "Mia", "Elif", "Noah", "Sofia", "Tomáš", "Clara", "Yusuf", "Ida", "Marek", "Zoë", "Nils", "Amélie", "Oskar", "Giulia", "Hannah", "Mateo", "Freya", "Luca", "Ruth", "Emil"];
    private static readonly string[] Last = ["Keller", "Novák", "Schmidt", "Rossi", "Yılmaz", "Bauer", "Dubois", "Jensen", "Weber", "Kowalski", "Smith", "García", "Meyer", "Papadopoulos", "Olsen", "Fischer", "Moreau", "Hughes", "Braun", "Lindqvist"];

    private static readonly (string City, string Country, string Zone, double Share)[] Places =
    [
        ("Berlin", "DE", "Europe/Berlin", 0.22), ("Hamburg", "DE", "Europe/Berlin", 0.14), ("München", "DE", "Europe/Berlin", 0.13),
        ("Wien", "AT", "Europe/Vienna", 0.11), ("Zürich", "CH", "Europe/Zurich", 0.08), ("London", "GB", "Europe/London", 0.12),
        ("Praha", "CZ", "Europe/Prague", 0.07), ("Αθήνα", "GR", "Europe/Athens", 0.06), ("New York", "US", "America/New_York", 0.07),
    ];

    internal static Person Create(ShopOptions options, int number)
    {
        var rng = Rng.For(options.Seed, "person", number);
        var place = Place(rng.NextDouble());
        var first = rng.Pick(First);
        var last = rng.Pick(Last);
        var mobile = rng.Chance(0.45);
        var browser = rng.Guid();
        if (!mobile && SharesWith(number) is { } other && Create(options, other) is { IsMobile: false } partner) browser = partner.AnonymousId;
        var founding = options.People * 3 / 5;
        return new Person(
            number, $"u-{10_000 + number}", browser, $"{first} {last}", $"customer{10_000 + number}@example.com", place.City, place.Country, place.Zone,
            mobile, rng.Chance(0.6), rng.Chance(options.FirstGeneration),
            rng.Chance(0.1) ? TimeSpan.FromSeconds(Math.Round(rng.Normal() * 240)) : TimeSpan.FromMilliseconds(Math.Round(rng.Normal() * 400)),
            number < founding ? 0 : (number - founding) / Math.Max(1, options.People / 125));
    }

    /// <summary>A program on a browser of its own.</summary>
    internal static Person Bot(Guid browser) =>
        new(-1, "", browser, "", "", "", "US", "UTC", IsMobile: false, IsAndroid: false, FirstGeneration: false, TimeSpan.Zero, 0);

    private static (string City, string Country, string Zone, double Share) Place(double at)
    {
        foreach (var place in Places)
        {
            if ((at -= place.Share) < 0) return place;
        }
        return Places[0];
    }
}
