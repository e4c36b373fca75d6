using System.Text.Json;

namespace Weir.Generate;

/// <summary>The order system's rows: one line of an order each, sent when it is placed, and again when it is refunded.</summary>
internal static class Orders
{
    private const double RefundShare = 0.05;

    /// <summary>Refunds come this many days after the order.</summary>
    public static readonly IReadOnlyList<int> RefundDays = [2, 3, 4, 5];

    /// <summary>Days after which an order is refunded; null: never.</summary>
    public static int? RefundedAfter(ShopOptions options, ShopEvent order)
    {
        var rng = Rng.For(options.Seed, "refund", BitConverter.ToInt64(order.Id.ToByteArray()));
        return rng.Chance(RefundShare) ? rng.Pick(RefundDays) : null;
    }

    /// <summary>The rows of an order in one state, as NDJSON.</summary>
    public static byte[] Rows(ShopOptions options, ShopEvent order, string status, DateTimeOffset updatedAt)
    {
        using var output = new MemoryStream();
        for (var i = 0; i < order.Lines.Count; i++)
        {
            var line = order.Lines[i];
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("orderId", order.OrderId);
                json.WriteNumber("line", i + 1);
                json.WriteString("status", status);
                // Order numbers and money come from a database that writes the shop's local time.
                json.WriteString("orderedAt", Times.Local(order.At, options.TimeZone));
                json.WriteString("updatedAt", Times.Utc(updatedAt));
                json.WriteStartObject("customer");
                json.WriteString("id", order.Person.UserId);
                json.WriteString("email", order.Person.Email);
                json.WriteEndObject();
                json.WriteString("sku", line.Product.Sku);
                json.WriteString("product", line.Product.Name);
                json.WriteString("category", line.Product.Category);
                json.WriteNumber("quantity", line.Quantity);
                json.WriteNumber("unitPrice", line.Product.Price);
                json.WriteString("currency", "EUR");
                json.WriteString("channel", order.Source);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }
        return output.ToArray();
    }
}
