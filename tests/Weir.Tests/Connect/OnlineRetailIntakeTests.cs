using System.Text;
using Weir.Connect;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Tests.Connect;

/// <summary>A real year of a real shop, where its folder is at hand. The figures were counted by others.</summary>
public class OnlineRetailIntakeTests
{
    private static readonly SourceDefinition Orders = new()
    {
        Name = "orders", Entity = "order_lines", Format = FileFormat.Csv, TimeZone = "Europe/London", Dedupe = DedupeRule.None,
        Fields =
        [
            new("invoice", "InvoiceNo", new(FieldKind.Varchar), Required: true), new("stock_code", "StockCode", new(FieldKind.Varchar), Required: true),
            new("description", "Description", new(FieldKind.Varchar)), new("quantity", "Quantity", new(FieldKind.Integer)),
            new("ordered_at", "InvoiceDate", new(FieldKind.Timestamp)), new("unit_price", "UnitPrice", new(FieldKind.Decimal, 18, 4)),
            new("customer_id", "CustomerID", new(FieldKind.BigInt)), new("country", "Country", new(FieldKind.Varchar)),
        ],
    };

    [Fact]
    public async Task The_whole_year_is_received_once_and_read_to_the_penny()
    {
        var source = Require.OnlineRetail();
        using var folder = new IntakeFolder();
        var intake = folder.Open();
        var files = Directory.GetFiles(source, "*.csv").Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBe(305);
        long received = 0, again = 0;
        foreach (var file in files) received += (await intake.TakeAsync(Orders, file, default)).Records;
        foreach (var file in files) again += (await intake.TakeAsync(Orders, file, default)).Records;
        (received, again).ShouldBe((541_909, 0));

        var evaluator = new Evaluator(Orders);
        var (revenue, anonymous, cancelled, priceless, unnamed) = (0m, 0, 0, 0, 0);
        var (invoices, customers, codes, countries) = (new HashSet<string>(), new HashSet<long>(), new HashSet<string>(), new HashSet<string>());
        foreach (var stream in intake.OpenAll())
        {
            await foreach (var frame in stream.ReadAsync(0, default))
            {
                for (var i = 0; i < frame.Events.Count; i++)
                {
                    var verdict = evaluator.Evaluate(frame, i, stream.Id);
                    var row = verdict.ShouldBeOfType<Verdict.Entity>(Encoding.UTF8.GetString(frame.Events[i].Span)).Row.Values;
                    revenue += (int)row[3]! * (decimal)row[5]!;
                    if (row[6] is long customer) customers.Add(customer); else anonymous++;
                    if (((string)row[0]!).StartsWith('C')) cancelled++;
                    if ((decimal)row[5]! <= 0) priceless++;
                    if (row[2] is null) unnamed++;
                    invoices.Add((string)row[0]!);
                    codes.Add((string)row[1]!);
                    countries.Add((string)row[7]!);
                }
            }
        }
        (revenue, invoices.Count, customers.Count, anonymous, cancelled).ShouldBe((9_747_747.934m, 25_900, 4_372, 135_080, 9_288));
        (priceless, unnamed, codes.Count, countries.Count).ShouldBe((2_517, 1_454, 4_070, 38));
    }
}
