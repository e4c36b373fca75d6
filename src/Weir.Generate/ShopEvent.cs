namespace Weir.Generate;

/// <summary>What somebody did.</summary>
public enum Step
{
    /// <summary>Looked at a page.</summary>
    Page,
    /// <summary>Looked at a product.</summary>
    View,
    /// <summary>Put a product into the cart.</summary>
    Add,
    /// <summary>Began to check out.</summary>
    Checkout,
    /// <summary>Completed an order.</summary>
    Order,
}

/// <summary>One thing that happened: the truth, before clients, clocks and networks had their way with it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Person">Who did it.</param>
/// <param name="Visit">The visit it belongs to.</param>
/// <param name="Step">What.</param>
/// <param name="Lines">Of what: none for pages, one product for views and carts, the whole cart for checkouts and orders.</param>
/// <param name="OrderId">The order, for orders.</param>
/// <param name="Campaign">The campaign that brought the visit; null: none.</param>
/// <param name="KnowsUser">Whether the client knew the user id.</param>
/// <param name="AppVersion">For the app: its version.</param>
public sealed record ShopEvent(
    Guid Id, DateTimeOffset At, Person Person, Guid Visit, Step Step, IReadOnlyList<Line> Lines, string? OrderId, Campaign? Campaign, bool KnowsUser, string AppVersion)
{
    /// <summary>The source it is sent by: <c>web</c> or <c>mobile</c>.</summary>
    public string Source => Person.IsMobile ? "mobile" : "web";

    /// <summary>The lines' worth in EUR.</summary>
    public decimal Amount => Lines.Sum(l => l.Product.Price * l.Quantity);

    /// <summary>The page on another site that led here; null: none.</summary>
    public string? Referrer { get; init; }

    /// <summary>What the client's clock showed.</summary>
    public DateTimeOffset ClientTime => At + Person.ClockOff;
}

/// <summary>A product and how many of it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Quantity">Pieces.</param>
public sealed record Line(Product Product, int Quantity);
