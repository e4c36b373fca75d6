namespace Weir.Generate;

/// <summary>An order as the order system has it: the truth, in the currency it was paid in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was placed, UTC.</param>
/// <param name="Person">Who ordered.</param>
/// <param name="Channel"><c>web</c> or <c>mobile</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Coupon">The voucher; null: none.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Change">What became of it later; null: nothing.</param>
public sealed record PlacedOrder(string Id, DateTimeOffset At, Person Person, string Channel, string Currency, string? Coupon, IReadOnlyList<OrderLine> Lines, OrderChange? Change);

/// <summary>A line of an order.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Product">What.</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="UnitPrice">Of one piece, tax included.</param>
/// <param name="Discount">Taken off the line.</param>
/// <param name="Tax">Contained in what remains.</param>
/// <param name="Shipping">Of the whole order, on the first line.</param>
public sealed record OrderLine(int Number, Product Product, int Quantity, decimal UnitPrice, decimal Discount, decimal Tax, decimal Shipping);

/// <summary>A refund or cancellation.</summary>
/// <param name="Status"><c>refunded</c> or <c>cancelled</c>.</param>
/// <param name="Days">How many days after the order.</param>
/// <param name="Lines">The numbers of the lines.</param>
public sealed record OrderChange(string Status, int Days, IReadOnlyList<int> Lines);
