using System.Text.Json;

namespace Weir.Generate;

/// <summary>What was looked at, put into the cart or bought: the first generation of clients writes cents, the second euros.</summary>
internal static class CommerceWriter
{
    /// <param name="json">Where to, inside an object.</param>
    /// <param name="e">An event with lines.</param>
    /// <param name="nameMember">What the dialect calls a product's name.</param>
    public static void Write(Utf8JsonWriter json, ShopEvent e, string nameMember)
    {
        var product = e.Lines[0].Product;
        var quantity = e.Lines.Sum(l => l.Quantity);
        if (e.Person.FirstGeneration)
        {
            json.WriteString("sku", product.Sku);
            json.WriteNumber("price_cents", (long)((e.OrderId is null ? product.Price : e.Amount) * 100));
            json.WriteNumber("qty", quantity);
            return;
        }
        json.WriteString("product_id", product.Sku);
        json.WriteString(nameMember, product.Name);
        json.WriteString("category", product.Category);
        json.WriteNumber("quantity", quantity);
        json.WriteNumber("price", product.Price);
        if (e.OrderId is not null) json.WriteNumber("revenue", e.Amount);
        json.WriteString("currency", "EUR");
    }
}
