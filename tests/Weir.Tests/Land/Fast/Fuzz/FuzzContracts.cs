using Weir.Sources;
using Weir.Tests.Land.Contracts;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>The sources and contracts of the comparisons between the fast path and the plain one.</summary>
internal static class FuzzContracts
{
    public static IReadOnlyList<SourceDefinition> Sources { get; } =
    [
        new() { Name = "web", TimeZone = "Europe/Berlin" },
        new() { Name = "strict", UnknownEvents = UnknownEvents.Quarantine, MaxAge = TimeSpan.FromDays(30), DropBots = true },
        new() { Name = "lenient", TimeZone = "UTC", RequireIdentity = false, SchemaVersion = "1", MaxAge = TimeSpan.FromDays(30), OldEvents = OldEvents.Land },
    ];

    public static ContractFolder Make() => new ContractFolder()
        .With("contracts/order_placed/1.json", """{"properties": {"properties": {"properties": {"price_cents": {"type": "integer"}}}}}""")
        .With("contracts/order_placed/2.json", """
            {"required": ["client_time"], "properties": {"price": {"type": "number", "minimum": 1}, "currency": {"type": "string", "x-weir": {"default": "EUR"}}, "properties": {"properties": {"sku": {"type": "string", "maxLength": 12}}}}}
            """)
        .With("contracts/order_placed/migrations/1-to-2.json", """
            {"rules": [{"move": "properties.price_cents", "to": "price"}], "examples": [{"from": {"client_time": "2024-06-15T11:59:00Z", "properties": {"price_cents": 7}}, "to": {"client_time": "2024-06-15T11:59:00Z", "price": 7, "currency": "EUR"}}]}
            """)
        .With("contracts/product_viewed/1.json", """
            {"x-weir": {"event": "Product Viewed"}, "properties": {"quantity": {"type": "integer", "maximum": 100}, "product_id": {"pattern": "^[A-Za-z]"}, "context": {"maxProperties": 3},
             "user_id": {"x-weir": {"pii": "id"}}, "session_id": {"x-weir": {"pii": "id"}}, "revenue": {"x-weir": {"pii": "other"}}, "coupon": {"x-weir": {"pii": "none"}}}}
            """);
}
