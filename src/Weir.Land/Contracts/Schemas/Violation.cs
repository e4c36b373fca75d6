using Weir.Land.Evaluate;

namespace Weir.Land.Contracts.Schemas;

/// <summary>What a value breaks. It says what was expected, from the schema, and never what was sent.</summary>
/// <param name="Path">Where, below the value that was asked about: empty, <c>.price</c>, <c>.products[3].sku</c>.</param>
/// <param name="Keyword">The schema's keyword that says no.</param>
/// <param name="Expected">What it demands.</param>
internal sealed record Violation(string Path, string Keyword, string Expected)
{
    public Violation Under(string member) => this with { Path = JsonPath.Member("", member) + Path };

    public Violation At(int index) => this with { Path = $"[{index}]{Path}" };
}
