namespace Weir.Generate;

/// <summary>One thing the shop sells.</summary>
/// <param name="Sku">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Its category.</param>
/// <param name="Price">Its price in EUR.</param>
public sealed record Product(string Sku, string Name, string Category, decimal Price);

/// <summary>What the shop sells.</summary>
public static class Catalogue
{
    private static readonly (string Category, string[] Names, decimal From, decimal To)[] Shelves =
    [
        ("Kitchen", ["Enamel kettle", "Bread knife", "Cast-iron pan", "Espresso maker", "Mortar and pestle", "Spice rack", "Chef's apron", "Glass teapot"], 12, 89),
        ("Garden", ["Watering can", "Herb planter", "Bird feeder", "Garden lantern", "Pruning shears", "Hammock", "Seed box"], 9, 120),
        ("Living", ["Wool throw", "Linen cushion", "Floor lamp", "Wall clock", "Storage basket", "Candle trio", "Picture frame", "Bookend pair"], 14, 180),
        ("Bath", ["Bath towel", "Soap dish", "Bamboo stool", "Linen robe", "Shower caddy"], 8, 95),
        ("Stationery", ["Notebook A5", "Fountain pen", "Desk pad", "Calendar", "Letter set", "Brass ruler"], 6, 65),
        ("Toys", ["Wooden train", "Plush fox", "Puzzle map", "Marble run", "Kite", "Building blocks"], 11, 70),
        ("Outdoor", ["Thermos flask", "Picnic rug", "Trail lamp", "Camp stove", "Dry bag"], 15, 130),
    ];

    /// <summary>Every product; the first ones sell best.</summary>
    public static IReadOnlyList<Product> Products { get; } = Build();

    private static List<Product> Build()
    {
        var rng = Rng.For(7, "catalogue", 0);
        return [.. Shelves.SelectMany((shelf, s) => shelf.Names.Select((name, i) => new Product(
            $"{shelf.Category[..2].ToUpperInvariant()}-{s + 1}{i + 1:00}", name, shelf.Category,
            Math.Round(shelf.From + ((shelf.To - shelf.From) * (decimal)rng.NextDouble()), 0) - 0.05m)))
            .OrderBy(p => UuidOrder(p.Sku))];
    }

    // A fixed shuffle, so that the best sellers come from several categories.
    private static ulong UuidOrder(string sku) => Rng.For(11, sku, 0).NextUInt64();
}
