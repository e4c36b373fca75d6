namespace Weir.Generate;

/// <summary>What a country pays with, and what of it is tax.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Factor">A price in EUR times this is the price there.</param>
/// <param name="Tax">The share of the price before tax.</param>
internal sealed record Money(string Currency, decimal Factor, decimal Tax)
{
    private static readonly Dictionary<string, Money> Countries = new()
    {
        ["DE"] = new("EUR", 1, 0.19m), ["AT"] = new("EUR", 1, 0.20m), ["GR"] = new("EUR", 1, 0.24m), ["CH"] = new("CHF", 0.98m, 0.081m),
        ["GB"] = new("GBP", 0.88m, 0.20m), ["CZ"] = new("CZK", 25m, 0.21m), ["US"] = new("USD", 1.10m, 0),
    };

    public static Money Of(string country) => Countries[country];

    /// <summary>A price in EUR, there.</summary>
    public decimal Price(decimal eur) => Math.Round(eur * Factor, 2, MidpointRounding.AwayFromZero);

    /// <summary>The tax contained in an amount.</summary>
    public decimal TaxIn(decimal amount) => Math.Round(amount * Tax / (1 + Tax), 2, MidpointRounding.AwayFromZero);
}
