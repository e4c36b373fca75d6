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
    /// <summary>How many people there are.</summary>
    public const int Count = 3_000;

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
        return new Person(
            number, $"u-{10_000 + number}", rng.Guid(), $"{first} {last}", $"customer{10_000 + number}@example.com", place.City, place.Country, place.Zone,
            mobile, rng.Chance(0.6), rng.Chance(options.FirstGeneration),
            rng.Chance(0.1) ? TimeSpan.FromSeconds(Math.Round(rng.Normal() * 240)) : TimeSpan.FromMilliseconds(Math.Round(rng.Normal() * 400)),
            number < 1_800 ? 0 : (number - 1_800) / 24);
    }

    private static (string City, string Country, string Zone, double Share) Place(double at)
    {
        foreach (var place in Places)
        {
            if ((at -= place.Share) < 0) return place;
        }
        return Places[0];
    }
}
