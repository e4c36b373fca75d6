using Weir.Land.Tap;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Tap;

public sealed class FilterTests
{
    private const string Order = """{"event_id":"00000000-0000-4000-8000-000000000001","event":"Order Completed","user_id":"u-1","timestamp":"2026-03-01T09:00:00Z","revenue":99.90,"properties":{"order":{"items":[{"sku":"A-1"},{"sku":"B-2"}],"gift":true,"note":null},"label":"Rüben & Co"}}""";
    private const string Page = """{"event_id":"00000000-0000-4000-8000-000000000002","event":"Page Viewed","anonymous_id":"a-7","timestamp":"2026-03-01T09:00:00Z","properties":{"order":5}}""";

    [Theory]
    [InlineData(null, null, null, null, "web 0, web 1, web 2, mobile 0")]
    [InlineData("mobile", null, null, null, "mobile 0")]
    [InlineData(null, "Order Completed", null, null, "web 0, mobile 0")]
    [InlineData(null, "order completed", null, null, "")]
    [InlineData(null, null, "u-1", null, "web 0, mobile 0")]
    [InlineData(null, null, "a-7", null, "web 1")]
    [InlineData("web", "Order Completed", "u-1", "revenue=99.9", "web 0")]
    [InlineData(null, null, null, "revenue=99.9", "web 0, mobile 0")]
    [InlineData(null, null, null, "revenue = 99.90", "web 0, mobile 0")]
    [InlineData(null, null, null, "revenue!=99.9", "web 1, web 2")]
    [InlineData(null, null, null, "properties.order.items.1.sku=B-2", "web 0, mobile 0")]
    [InlineData(null, null, null, "properties.order.items.2.sku=B-2", "")]
    [InlineData(null, null, null, "properties.order.gift=true", "web 0, mobile 0")]
    [InlineData(null, null, null, "properties.order.note=null", "")]
    [InlineData(null, null, null, "properties.order=5", "web 1")]
    [InlineData(null, null, null, "properties.label~rüben", "web 0, mobile 0")]
    [InlineData(null, null, null, "properties.label~a=b", "")]
    [InlineData(null, null, null, "event~order", "web 0, mobile 0")]
    [InlineData(null, null, null, "table=quarantine", "web 2")]
    [InlineData(null, null, null, "reason=invalid_json", "web 2")]
    [InlineData(null, null, null, "source!=web", "mobile 0")]
    public async Task A_filter_lets_through_what_it_says(string? source, string? name, string? user, string? where, string expected)
    {
        await using var watching = new Watching();
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        var mobile = watching.Add(new MemoryEventStream("bbbb", "mobile"));
        await using var all = await watching.WatchAsync();
        await using var some = await watching.WatchAsync(source, name, user, where is null ? [] : [where]);
        await using var none = await watching.WatchAsync("web", "no such event");
        web.Append(At("2026-03-01T10:00:00"), Order, Page, "{");
        mobile.Append(At("2026-03-01T10:00:00"), Order);
        await all.NextAsync(4);
        var wanted = expected.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        (await some.NextAsync(wanted.Length)).ShouldBe(wanted.Select(w => $"event {w}"), ignoreOrder: true);

        // And nothing more: the next it is told are their fates.
        await watching.Land.LandAsync(web, mobile);
        await all.NextAsync(4);
        (await some.NextAsync(wanted.Length)).Select(f => string.Join(' ', f.Split(' ')[1..3])).ShouldBe(wanted, ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("=5")]
    [InlineData("path")]
    [InlineData("path!5")]
    [InlineData("path!")]
    [InlineData("a..b=5")]
    [InlineData("a.=5")]
    public void What_is_no_condition_is_refused(string text) => TapCondition.TryParse(text).ShouldBeNull();
}
