using System.Text.Json;

namespace Weir.Generate;

/// <summary>The order system: what an order costs, what becomes of it, and its rows, a line each, sent when it is placed, and again those that are refunded or cancelled.</summary>
internal static class Orders
{
    private const double RefundShare = 0.05;
    private const double CancelShare = 0.015;
    private const double CouponShare = 0.12;

    /// <summary>Refunds and cancellations come this many days after the order.</summary>
    public static readonly IReadOnlyList<int> ChangeDays = [1, 2, 3, 4, 5];

    /// <summary>The order that an event completes.</summary>
    public static PlacedOrder Of(ShopOptions options, ShopEvent order)
    {
        var money = Money.Of(order.Person.Country);
        var coupon = Draw(options, "coupon", order).Chance(CouponShare) ? "AUTUMN10" : null;
        var shipping = order.Amount < 60 ? money.Price(4.9m) : 0;
        var lines = order.Lines.Select((line, i) =>
        {
            var price = money.Price(line.Product.Price);
            var discount = coupon is null ? 0 : Math.Round(price * line.Quantity * 0.1m, 2, MidpointRounding.AwayFromZero);
            return new OrderLine(i + 1, line.Product, line.Quantity, price, discount, money.TaxIn((price * line.Quantity) - discount), i == 0 ? shipping : 0);
        }).ToList();
        return new PlacedOrder(order.OrderId!, Milliseconds(order.At), order.Person, order.Source, money.Currency, coupon, lines, Change(options, order));
    }

    /// <summary>The rows of an order as it is placed, or after a change, as NDJSON.</summary>
    public static byte[] Rows(ShopOptions options, PlacedOrder order, OrderChange? change, DateTimeOffset updatedAt)
    {
        using var output = new MemoryStream();
        foreach (var line in order.Lines.Where(l => change is null || change.Lines.Contains(l.Number)))
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("orderId", order.Id);
                json.WriteNumber("line", line.Number);
                json.WriteString("status", change?.Status ?? "placed");
                // Order numbers and money come from a database that writes the shop's local time.
                json.WriteString("orderedAt", Times.Local(order.At, options.TimeZone));
                json.WriteString("updatedAt", Times.Utc(updatedAt));
                if (change is not null) json.WriteString("refundedAt", Times.Utc(updatedAt));
                json.WriteStartObject("customer");
                json.WriteString("id", order.Person.UserId);
                json.WriteString("email", order.Person.Email);
                json.WriteEndObject();
                json.WriteStartObject("shipTo");
                json.WriteString("country", order.Person.Country);
                json.WriteEndObject();
                json.WriteString("sku", line.Product.Sku);
                json.WriteString("product", line.Product.Name);
                json.WriteString("category", line.Product.Category);
                json.WriteNumber("quantity", line.Quantity);
                json.WriteNumber("unitPrice", line.UnitPrice);
                if (line.Discount > 0) json.WriteNumber("discount", line.Discount);
                json.WriteNumber("tax", line.Tax);
                if (line.Shipping > 0) json.WriteNumber("shipping", line.Shipping);
                if (order.Coupon is { } coupon) json.WriteString("coupon", coupon);
                json.WriteString("currency", order.Currency);
                json.WriteString("channel", order.Channel);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }
        return output.ToArray();
    }

    /// <summary>Some orders are refunded after some days, some of these in part; some are cancelled the next day.</summary>
    private static OrderChange? Change(ShopOptions options, ShopEvent order)
    {
        var all = Enumerable.Range(1, order.Lines.Count).ToList();
        var refund = Draw(options, "refund", order);
        if (refund.Chance(RefundShare)) return new OrderChange("refunded", ChangeDays[1 + refund.Next(ChangeDays.Count - 1)], refund.Chance(0.4) ? [1] : all);
        return Draw(options, "cancel", order).Chance(CancelShare) ? new OrderChange("cancelled", ChangeDays[0], all) : null;
    }

    private static Rng Draw(ShopOptions options, string part, ShopEvent order) => Rng.For(options.Seed, part, BitConverter.ToInt64(order.Id.ToByteArray()));

    private static DateTimeOffset Milliseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}
