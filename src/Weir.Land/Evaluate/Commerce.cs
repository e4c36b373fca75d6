namespace Weir.Land.Evaluate;

/// <summary>The commerce columns, whose members are called the same wherever they stand, but for the product's name.</summary>
internal static class Commerce
{
    /// <summary>As the Segment spec has them; of several <c>products</c> none is the event's product.</summary>
    public static void Map(EventRow row, MemberReader read, JsonMembers members, string productName)
    {
        row.OrderId = read.Text(members, "order_id");
        row.ProductId = read.Text(members, "product_id");
        row.ProductName = read.Text(members, productName);
        row.Category = read.Text(members, "category");
        row.Quantity = read.Integer(members, "quantity");
        row.Price = read.Money(members, "price");
        row.Revenue = read.Money(members, "revenue");
        row.Currency = read.Text(members, "currency");
        row.Coupon = read.Text(members, "coupon");
        row.CartId = read.Text(members, "cart_id");
        if (row.ProductId is null && JsonElements.OnlyObject(members, "products") is { All.Count: > 0 } product) MapProduct(row, read, product);
    }

    private static void MapProduct(EventRow row, MemberReader read, JsonMembers product)
    {
        row.ProductId = read.Text(product, "product_id") ?? read.Text(product, "sku");
        row.ProductName ??= read.Text(product, "name");
        row.Category ??= read.Text(product, "category");
        row.Quantity ??= read.Integer(product, "quantity");
        row.Price ??= read.Money(product, "price");
    }
}
