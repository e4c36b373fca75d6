using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Sources;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class EntityTests
{
    private static readonly FieldType Money = new(FieldKind.Decimal, 18, 4);

    private static readonly SourceDefinition Lines = new()
    {
        Name = "orders", Entity = "order_lines", Format = FileFormat.Csv, TimeZone = "Europe/London",
        Fields =
        [
            new("invoice", "InvoiceNo", new(FieldKind.Varchar), Required: true),
            new("quantity", "Quantity", new(FieldKind.Integer)),
            new("ordered_at", "InvoiceDate", new(FieldKind.Timestamp)),
            new("unit_price", "UnitPrice", Money),
            new("customer_id", "CustomerID", new(FieldKind.BigInt)),
        ],
    };

    private const string Header = """{"file":"2011-07-21.csv","header":["InvoiceNo","Description","Quantity","InvoiceDate","UnitPrice","CustomerID"]}""";

    [Fact]
    public void A_csv_record_is_typed_by_the_declared_fields() =>
        Entity("C560776,\"BAG, \"\"RED\"\"\",-10,2011-07-21 08:44:00,1.65,17850.0", Lines, Dialects.Csv, Header)
            .ShouldBe(["C560776", -10, Utc(2011, 7, 21, 7, 44), 1.65m, 17850L]);

    [Fact]
    public void An_empty_field_is_null_with_quotes_or_without() =>
        Entity("1,,,,\"\",", Lines, Dialects.Csv, Header).ShouldBe(["1", null, null, null, null]);

    [Fact]
    public void A_column_that_the_file_does_not_have_is_null() =>
        Entity("1", Lines, Dialects.Csv, """{"header":["InvoiceNo"]}""").ShouldBe(["1", null, null, null, null]);

    [Theory]
    [InlineData(",BAG,1,2011-07-21 08:44:00,1.65,1", "missing_field", "column InvoiceNo: required, and missing or empty")]
    [InlineData("1,BAG,one,2011-07-21 08:44:00,1.65,1", "wrong_type", "column Quantity: expected INTEGER, got text that is not a number")]
    [InlineData("1,BAG,1.5,2011-07-21 08:44:00,1.65,1", "out_of_range", "column Quantity: a number that INTEGER does not hold")]
    [InlineData("1,BAG,1,2011-07-21 08:44:00,1.65001,1", "out_of_range", "column UnitPrice: a number that DECIMAL(18,4) does not hold")]
    [InlineData("1,BAG,1,2011-07-21 08:44:00,1.65,9223372036854775808", "out_of_range", "column CustomerID: a number that BIGINT does not hold")]
    [InlineData("1,BAG,1,21/07/2011,1.65,1", "invalid_time", "column InvoiceDate: not a time of the form ISO 8601")]
    [InlineData("1,BAG,1,2011-07-21,1.65", "column_count", "5 fields; the header has 6 columns")]
    public void A_wrong_record_is_quarantined_with_its_column(string record, string reason, string detail)
    {
        var verdict = Quarantined(record, Lines, Dialects.Csv, Header);
        (verdict.Reason, verdict.Detail).ShouldBe((reason, detail));
    }

    [Fact]
    public void A_json_object_is_typed_by_names_with_dots() =>
        Entity("""{"id":7,"customer":{"address":{"city":"Köln"},"tags":["a", "b"]},"total":"12.50","paid":true,"day":"2024-02-29","weight":1.5e-3,"a.b":"dotted"}""", new()
        {
            Name = "crm", Entity = "orders",
            Fields =
            [
                new("id", "id", new(FieldKind.Varchar)), new("city", "customer.address.city", new(FieldKind.Varchar)), new("tags", "customer.tags", new(FieldKind.Json)),
                new("total", "total", Money), new("paid", "paid", new(FieldKind.Boolean)), new("day", "day", new(FieldKind.Date)),
                new("weight", "weight", new(FieldKind.Double)), new("dotted", "a.b", new(FieldKind.Varchar)), new("none", "customer.phone.mobile", new(FieldKind.Varchar)),
            ],
        }).ShouldBe(["7", "Köln", """["a", "b"]""", 12.5m, true, new DateOnly(2024, 2, 29), 0.0015, "dotted", null]);

    [Theory]
    [InlineData("""{"v":{"x":1}}""", FieldKind.Varchar, "wrong_type")]
    [InlineData("""{"v":1.5}""", FieldKind.Varchar, "wrong_type")]
    [InlineData("""{"v":true}""", FieldKind.Integer, "wrong_type")]
    [InlineData("""{"v":""}""", FieldKind.Integer, "wrong_type")]
    [InlineData("""{"v":1}""", FieldKind.Boolean, "wrong_type")]
    [InlineData("""{"v":"maybe"}""", FieldKind.Boolean, "wrong_type")]
    [InlineData("""{"v":20240229}""", FieldKind.Date, "wrong_type")]
    [InlineData("""{"v":"2023-02-29"}""", FieldKind.Date, "invalid_time")]
    [InlineData("""{"v":1e999}""", FieldKind.Double, "out_of_range")]
    [InlineData("""{"v":"NaN"}""", FieldKind.Double, "wrong_type")]
    [InlineData("""{"v":"{\"a\":}"}""", FieldKind.Json, "lands")] // a JSON string is valid JSON
    [InlineData("""{"v":"2024-01-01T00:00:00"}""", FieldKind.Timestamp, "invalid_time")] // neither field nor source has a zone
    [InlineData("""{"v":"0001-01-01T00:00:00+01:00"}""", FieldKind.Timestamp, "out_of_range")]
    [InlineData("""{"v":"1955-11-05T06:00:00Z"}""", FieldKind.Timestamp, "lands")] // only events know absurd times
    public void A_json_value_of_another_type_is_quarantined(string text, FieldKind kind, string expected)
    {
        var source = new SourceDefinition { Name = "crm", Entity = "things", Fields = [new("v", "v", new(kind))] };
        var verdict = Judge(System.Text.Encoding.UTF8.GetBytes(text), source);
        (verdict is Verdict.Quarantined q ? q.Reason : "lands").ShouldBe(expected);
    }

    [Fact]
    public void A_fields_own_zone_and_format_come_first() =>
        Entity("31.12.2023 23:30,2024-01-01 00:30 -0500", new()
        {
            Name = "erp", Entity = "things", TimeZone = "UTC",
            Fields =
            [
                new("a", "a", new(FieldKind.Timestamp), TimeZone: "Asia/Tokyo", Format: "dd.MM.yyyy HH:mm"),
                new("b", "b", new(FieldKind.Timestamp), Format: "yyyy-MM-dd HH:mm zzz"),
            ],
        }, Dialects.Csv, """{"header":["a","b"]}""").ShouldBe([Utc(2023, 12, 31, 14, 30), Utc(2024, 1, 1, 5, 30)]);

    [Fact]
    public void A_json_column_of_a_csv_file_must_hold_json()
    {
        var source = new SourceDefinition { Name = "erp", Entity = "things", Fields = [new("v", "v", new(FieldKind.Json))] };
        Entity("\"{\"\"a\"\":[1]}\"", source, Dialects.Csv, """{"header":["v"]}""").ShouldBe(["""{"a":[1]}"""]);
        Quarantined("{a:1}", source, Dialects.Csv, """{"header":["v"]}""").Reason.ShouldBe("invalid_json");
    }

    [Fact]
    public void An_unknown_time_zone_is_refused_with_WEIR5101() =>
        Should.Throw<WeirException>(() => new Evaluator(Web with { TimeZone = "Berlin" })).Code.ShouldBe("WEIR5101");

    [Fact]
    public void A_decimal_of_29_digits_is_refused_with_WEIR5102() =>
        Should.Throw<WeirException>(() => new Evaluator(Lines with { Fields = [new("v", "v", new(FieldKind.Decimal, 29, 2))] })).Code.ShouldBe("WEIR5102");

    [Fact]
    public void A_dialect_of_another_version_is_refused_with_WEIR5103() =>
        Should.Throw<WeirException>(() => Judge(System.Text.Encoding.UTF8.GetBytes(Valid()), dialect: "morse")).Code.ShouldBe("WEIR5103");
}
