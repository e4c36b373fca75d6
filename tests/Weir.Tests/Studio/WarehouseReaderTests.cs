using Weir.DuckDb;
using Weir.Studio.Warehouse;

namespace Weir.Tests.Studio;

public class WarehouseReaderTests
{
    private readonly SampleData data = new();

    [Fact]
    public async Task A_page_shows_one_publication_though_a_build_publishes_while_it_is_made()
    {
        using var warehouse = data.UseWarehouse("create table revenue as select 1 as build", "create table orders as select 1 as build");
        await using (var page = await WarehouseReader.OpenAsync(data, CancellationToken.None))
        {
            (await ReadAsync(page, "revenue")).ShouldBe(1);
            warehouse.Execute("begin; update revenue set build = 2; update orders set build = 2; commit");
            (await ReadAsync(page, "orders")).ShouldBe(1);
        }
        await using var next = await WarehouseReader.OpenAsync(data, CancellationToken.None);
        (await ReadAsync(next, "orders")).ShouldBe(2);
    }

    [Fact]
    public async Task A_tile_that_fails_does_not_take_the_others_with_it()
    {
        using var warehouse = data.UseWarehouse("create table revenue as select 'none' as build", "create table orders as select 1 as build");
        await using var page = await WarehouseReader.OpenAsync(data, CancellationToken.None);
        await Should.ThrowAsync<DuckDBException>(() => page.QueryAsync("select build::integer from revenue", r => r.GetInt32(0), [], CancellationToken.None));
        (await ReadAsync(page, "orders")).ShouldBe(1);
    }

    private static async Task<int> ReadAsync(WarehouseReader page, string table) =>
        (await page.QueryAsync($"select build from {table}", r => r.GetInt32(0), [], CancellationToken.None)).Single();
}
