using Weir.Land.Contracts.Schemas;

namespace Weir.Tests.Land.Contracts;

/// <summary>The guide tells what the compiler does.</summary>
public class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "contracts.md"));

    [Fact]
    public void The_guide_names_every_keyword_format_and_kind_of_personal_data()
    {
        string[] all = [.. Keywords.Assertions, .. Keywords.Annotations, .. Keywords.Refused.Keys, .. Formats.All.Keys, .. Weir.Sources.PersonalKinds.ByName.Keys];
        all.Where(k => !Guide.Contains($"`{k}`")).ShouldBeEmpty();
    }

    [Fact]
    public void The_guides_contract_is_one()
    {
        using var contracts = new ContractFolder().With("contracts/product_added/2.json", Block(1));
        contracts.Quarantined("""{"event":"Product Added","user_id":"u","product_id":"SKU-1","price":-1,"currency":"EUR"}""").Detail
            .ShouldBe("$.price: minimum: expected at least 0 (contract product_added, version 2)");
        Guide.ShouldContain("`$.price: minimum: expected at least 0 (contract product_added, version 2)`");
    }

    [Fact]
    public void The_guides_migration_is_one_and_its_example_holds()
    {
        using var contracts = new ContractFolder().With("contracts/product_added/2.json", Block(1)).With("contracts/product_added/1.json", "{}").With("contracts/product_added/migrations/1-to-2.json", Block(2));
        contracts.Load().TestExamples().ShouldHaveSingleItem().Difference.ShouldBeNull();
    }

    private static string Block(int number) => Guide.Split("```json\n")[number].Split("```")[0];
}
