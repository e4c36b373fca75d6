namespace Weir.Land.Evaluate;

/// <summary>Snowplow's three ways to tell of commerce: transactions with items, the cart events of its trackers, and the e-commerce action with its entities.</summary>
internal static class SnowplowCommerce
{
    /// <summary>The event whose <c>type</c> says what was done.</summary>
    public const string Action = "snowplow_ecommerce_action";

    private const string Vendor = "com.snowplowanalytics.snowplow.ecommerce";

    public static void Map(EventRow row, MemberReader read, JsonMembers sent, SelfDescribing? unstructured, SnowplowEntities entities)
    {
        switch (row.Event)
        {
            case "transaction" when unstructured is null: MapTransaction(row, read, sent); break;
            case "transaction_item" when unstructured is null: MapItem(row, read, sent); break;
            default:
                if (unstructured?.Name == Action) MapAction(row, read, unstructured.Data, entities);
                else if (unstructured?.Name is "add_to_cart" or "remove_from_cart") MapCart(row, read, unstructured.Data);
                break;
        }
    }

    private static void MapTransaction(EventRow row, MemberReader read, JsonMembers sent)
    {
        row.OrderId = read.Text(sent, "tr_id");
        row.Revenue = read.Money(sent, "tr_tt");
        row.Currency = read.Text(sent, "tr_cu");
    }

    private static void MapItem(EventRow row, MemberReader read, JsonMembers sent)
    {
        row.OrderId = read.Text(sent, "ti_id");
        row.ProductId = read.Text(sent, "ti_sk");
        row.ProductName = read.Text(sent, "ti_nm");
        row.Category = read.Text(sent, "ti_ca");
        row.Price = read.Money(sent, "ti_pr");
        row.Quantity = read.Integer(sent, "ti_qu");
        row.Currency = read.Text(sent, "ti_cu");
    }

    private static void MapCart(EventRow row, MemberReader read, JsonMembers data)
    {
        row.ProductId = read.Text(data, "sku");
        row.ProductName = read.Text(data, "name");
        row.Category = read.Text(data, "category");
        row.Price = read.Money(data, "unitPrice");
        row.Quantity = read.Integer(data, "quantity");
        row.Currency = read.Text(data, "currency");
    }

    private static void MapAction(EventRow row, MemberReader read, JsonMembers action, SnowplowEntities entities)
    {
        var (product, cart) = (entities.Only(Vendor, "product"), entities.Only(Vendor, "cart"));
        var (transaction, refund) = (entities.Only(Vendor, "transaction"), entities.Only(Vendor, "refund"));
        row.OrderId = read.Text(transaction, "transaction_id") ?? read.Text(refund, "transaction_id");
        row.Revenue = read.Text(action, "type") == "transaction" ? read.Money(transaction, "revenue") : null;
        row.Coupon = read.Text(transaction, "discount_code") ?? read.Text(entities.Only(Vendor, "checkout_step"), "coupon_code");
        row.CartId = read.Text(cart, "cart_id");
        row.ProductId = read.Text(product, "id");
        row.ProductName = read.Text(product, "name");
        row.Category = read.Text(product, "category");
        row.Quantity = read.Integer(product, "quantity");
        row.Price = read.Money(product, "price");
        row.Currency = read.Text(transaction, "currency") ?? read.Text(refund, "currency") ?? read.Text(cart, "currency") ?? read.Text(product, "currency");
    }
}
