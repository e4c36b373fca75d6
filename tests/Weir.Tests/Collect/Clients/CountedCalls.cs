namespace Weir.Tests.Collect.Clients;

/// <summary>Calls of a client that make so many events, each with a number, a user and a product; and what the lake must then say of them.</summary>
internal static class CountedCalls
{
    private const string Ecommerce = "iglu:com.snowplowanalytics.snowplow.ecommerce/";

    /// <summary><c>WEIR_CLIENT_EVENTS</c> sets how many; <c>eng/long/clients</c> takes 10,000.</summary>
    public static int Events(int otherwise) => int.TryParse(Environment.GetEnvironmentVariable("WEIR_CLIENT_EVENTS"), out var count) ? count : otherwise;

    /// <summary>Milliseconds between the calls: an application does not track 10,000 events at once, and PostHog's queue holds 1,000.</summary>
    public static Dictionary<string, string>? Pace(int count, int milliseconds = 1) => count > 1_000 || milliseconds > 1 ? new() { ["WEIR_PACE"] = $"{milliseconds}" } : null;

    public static object[][] Of(string client, int count) =>
        [.. client == "snowplow" ? new object[][] { ["setUserId", "u0"] } : [], .. Enumerable.Range(1, count).Select(n => One(client, n))];

    public static object[] One(string client, int n) => client switch
    {
        "posthog" => ["capture", new { distinctId = User(client, n), @event = "Product Added", properties = Properties(n) }],
        "snowplow" => ["buildSelfDescribingEvent", new { @event = new { schema = $"{Ecommerce}snowplow_ecommerce_action/jsonschema/1-0-2", data = new { type = "add_to_cart", n } } },
            new[] { new { schema = $"{Ecommerce}product/jsonschema/1-0-0", data = new { id = Product(n), category = "Home", price = n % 13 + 0.5, quantity = n % 5 + 1, currency = "EUR" } } }],
        _ => ["track", new { userId = User(client, n), @event = "Product Added", properties = Properties(n) }],
    };

    /// <summary>All that is asked of each event but its time.</summary>
    public const string Columns = "(properties->>'n')::INTEGER, user_id, product_id, quantity, price, currency";

    /// <summary>What <see cref="Columns"/> must be, by <c>n</c>.</summary>
    public static IEnumerable<string> Rows(string client, int count) =>
        Enumerable.Range(1, count).Select(n => $"{n}|{User(client, n)}|{Product(n)}|{n % 5 + 1}|{n % 13}.5000|EUR");

    private static object Properties(int n) => new { n, product_id = Product(n), category = "Home", quantity = n % 5 + 1, price = n % 13 + 0.5, currency = "EUR" };

    private static string User(string client, int n) => client == "snowplow" ? "u0" : $"u{n % 7}";

    private static string Product(int n) => $"p{n % 11}";
}
