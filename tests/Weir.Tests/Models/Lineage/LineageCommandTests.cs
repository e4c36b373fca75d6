using Weir.Tests.Acceptance;

namespace Weir.Tests.Models.Lineage;

public class LineageCommandTests
{
    [Fact]
    public async Task A_figure_is_followed_to_the_contract_before_anything_has_landed()
    {
        using var project = new TemporaryProject("shop");

        var result = await project.RunAsync("lineage", "daily_kpis.gross_revenue", "--upstream", "--format", "csv");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ReplaceLineEndings("\n").TrimEnd().ShouldBe(
            """
            step,column,from,how,why
            -1,daily_kpis.gross_revenue,orders.gross_revenue,derived,
            -2,orders.gross_revenue,order_items.gross_revenue,derived,
            -3,order_items.gross_revenue,stg_order_lines.list_amount,derived,
            -3,order_items.gross_revenue,exchange_rates.rate,derived,
            -4,stg_order_lines.list_amount,lake.order_lines.quantity,derived,
            -4,stg_order_lines.list_amount,lake.order_lines.unit_price,derived,
            -5,lake.order_lines.quantity,orders: quantity,contract,
            -5,lake.order_lines.unit_price,orders: unitPrice,contract,
            """.ReplaceLineEndings("\n"));
        result.Error.ShouldContain("all followed to columns");
    }
}
