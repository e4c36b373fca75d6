namespace Weir.Generate;

/// <summary>What the two generations of the shop's clients call what happened.</summary>
internal static class EventNames
{
    public static string First(Step step) => step switch
    {
        Step.Page => "page_view",
        Step.View => "product_view",
        Step.Add => "cart_add",
        Step.Checkout => "checkout_start",
        _ => "purchase",
    };

    public static string Second(Step step) => step switch
    {
        Step.Page => "Page Viewed",
        Step.View => "Product Viewed",
        Step.Add => "Product Added",
        Step.Checkout => "Checkout Started",
        _ => "Order Completed",
    };
}
