using Weir.Land.Contracts.Schemas;

namespace Weir.Tests.Land.Contracts;

/// <summary>The guide tells what the compiler does.</summary>
public class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "contracts.md"));

    [Fact]
    public void The_guide_names_every_keyword_format_and_kind_of_personal_data()
    {
        string[] all = [.. Keywords.Assertions, .. Keywords.Annotations, .. Keywords.Refused.Keys, .. Formats.All.Keys, .. FieldAnnotation.Kinds];
        all.Where(k => !Guide.Contains($"`{k}`")).ShouldBeEmpty();
    }

    [Fact]
    public void The_guides_contract_is_one()
    {
        using var contracts = new ContractFolder().With("contracts/product_added/2.json", Guide.Split("```json\n")[1].Split("```")[0]);
        contracts.Quarantined("""{"event":"Product Added","user_id":"u","product_id":"SKU-1","price":-1,"currency":"EUR"}""").Detail
            .ShouldBe("$.price: minimum: expected at least 0 (contract product_added, version 2)");
        Guide.ShouldContain("`$.price: minimum: expected at least 0 (contract product_added, version 2)`");
    }
}
