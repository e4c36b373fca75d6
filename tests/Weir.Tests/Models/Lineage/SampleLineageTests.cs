using Weir.Configuration;
using Weir.DuckDb;
using Weir.Identity;
using Weir.Lake;
using Weir.Models;
using Weir.Models.Lineage;

namespace Weir.Tests.Models.Lineage;

/// <summary>The samples, with a lake of empty tables and nothing built; expectations are read off the models by hand.</summary>
public class SampleLineageTests
{
    [Theory]
    [InlineData("shop", 48)]
    [InlineData("online-retail", 12)]
    public void Every_column_of_the_samples_is_followed_to_columns(string sample, int nodes)
    {
        var lineage = Read(sample);

        lineage.Nodes.Count.ShouldBe(nodes);
        lineage.Nodes.ShouldAllBe(node => node.Columns.Count > 0);
        lineage.Nodes.SelectMany(node => node.Columns.Where(column => column.Unresolved is not null).Select(column => $"{node.Name}.{column.Name}: {column.Unresolved}").Append(node.Unresolved)).Where(why => why is not null).ShouldBeEmpty();
        lineage.UnresolvedCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("daily_kpis",
        "day =i.refund_date =o.order_date =s.session_date; channel =i.channel =o.channel =s.channel; country <i.country <o.country <s.country; sessions; bounces <s.is_bounce; "
        + "sessions_with_view <s.has_view; carts <s.has_cart; checkouts <s.has_checkout; converted <s.has_order; page_views <s.page_views; product_views <s.product_views; "
        + "cart_additions <s.cart_additions; orders; items <o.quantity; refunded_orders <i.order_id; gross_revenue <o.gross_revenue; discounts <o.discounts; tax <o.tax; shipping <o.shipping; "
        + "refunds <i.refunds; net_revenue <i.refunds <o.net_sales | i.channel i.country i.is_refunded i.refund_date o.channel o.country o.order_date s.channel s.country s.session_date", "i=order_items s=sessions o=orders")]
    [InlineData("hourly_kpis",
        "hour =i.refund_hour =o.order_hour =s.hour; day <i.refund_hour <o.order_hour <s.hour; sessions; checkouts <s.has_checkout; converted <s.has_order; orders; gross_revenue <o.gross_revenue; "
        + "discounts <o.discounts; tax <o.tax; refunds <i.refunds; net_revenue <i.refunds <o.net_sales | i.is_refunded i.refund_hour o.order_hour s.hour", "i=order_items s=sessions o=orders")]
    [InlineData("top_customers",
        "customer_id =d.customer_id; customer_name <d.customer_id <c.customer_name; country =c.country; stage =c.stage; orders <d.orders; last_order_date <d.day <d.orders; "
        + "gross_revenue <d.gross_revenue; net_revenue <d.net_revenue; revenue_rank <d.net_revenue; as_of <t.day | d.customer_id d.orders c.customer_id", "d=customer_days c=customers t=dates")]
    [InlineData("category_sales",
        "day =i.order_date =i.refund_date; category =i.category; orders <i.order_id; quantity <i.quantity; gross_revenue <i.gross_revenue; refunds <i.refunds; "
        + "net_revenue <i.net_sales <i.refunds | i.category i.is_refunded i.order_date i.refund_date", "i=order_items")]
    [InlineData("sessions",
        "session_id <e._position <e._stream <e.event_id <e.event_time <e.touch <e.user_id <e.visitor_id; visitor_id =e.visitor_id; "
        + "session_number <e._position <e._stream <e.event_id <e.event_time <e.touch <e.user_id <e.visitor_id; user_id <e.user_id; customer_id <v.customer_id; person_id <e.visitor_id <v.customer_id; "
        + "started_at <e.event_time; ended_at <e.event_time; hour <e.event_time; session_date <e.event_time; seconds <e.event_time; "
        + "platform <e._position <e._stream <e.event_id <e.event_time <e.platform; channel <e._position <e._stream <e.channel <e.event_id <e.event_time; "
        + "country <e._position <e._stream <e.country <e.event_id <e.event_time; utm_source <e.utm_source; utm_medium <e.utm_medium; campaign <e.campaign; "
        + "referrer <e._position <e._stream <e.event_id <e.event_time <e.referrer; "
        + "marketing_channel <e._position <e._stream <e.campaign <e.event_id <e.event_time <e.referrer <e.utm_medium <e.utm_source; events; page_views <e.step; product_views <e.step; "
        + "cart_additions <e.step; has_view <e.step; has_cart <e.step; has_checkout <e.step; has_order <e.step; is_bounce; "
        + "checksum <e._position <e._stream | e._position e._stream e.event_id e.event_time e.is_bot e.touch e.user_id e.visitor_id v.id_value v.kind v.valid_from v.valid_to v.visitor_id", "v=visitor_customers e=events")]
    [InlineData("orders",
        "order_id =i.order_id; user_id <i.user_id; customer_id <i.customer_id; person_id <i.person_id; channel <i.channel; country <i.country; currency <i.currency <i.line; coupon <i.coupon; "
        + "ordered_at <i.ordered_at; order_date <i.order_date; order_hour <i.order_hour; status <i.is_refunded; is_refunded <i.is_refunded; refunded_at <i.refunded_at; lines; quantity <i.quantity; "
        + "gross_revenue <i.gross_revenue; discounts <i.discounts; tax <i.tax; shipping <i.shipping; net_sales <i.net_sales; refunds <i.refunds; net_revenue <i.net_revenue | i.order_id", "i=order_items")]
    [InlineData("hourly_activity",
        "hour =e.hour; platform =e.platform; step =e.step; events | e.hour e.is_bot e.platform e.step", "e=events")]
    public void The_columns_of_the_shop_come_from_what_its_models_say(string model, string expected, string names)
    {
        foreach (var (name, full) in names.Split(' ').Select(pair => (pair.Split('=')[0], pair.Split('=')[1])))
            expected = expected.Replace($"={name}.", $"={full}.", StringComparison.Ordinal).Replace($"<{name}.", $"<{full}.", StringComparison.Ordinal).Replace($" {name}.", $" {full}.", StringComparison.Ordinal);

        LineageProject.Write(Shop.Value.Find(model)!).ShouldBe(expected);
    }

    [Fact]
    public void The_explanation_of_what_changed_comes_from_events_only()
    {
        var lineage = Shop.Value;

        var columns = lineage.Upstream(lineage.ColumnsNamed("what_changed.explanation")).Where(step => step.Input.Column.Node == "source.shop.lake.events").Select(step => step.Input.Column.Column).Distinct().Order(StringComparer.Ordinal);

        // the platform (or the source, where it has none), and the app version with the time it was first seen; figures are counts of events, and the step only says which
        columns.ShouldBe(["app_version", "event_time", "platform", "source"]);
    }

    [Fact]
    public void Revenue_of_a_day_goes_back_to_quantity_price_and_rate()
    {
        var lineage = Shop.Value;

        var steps = lineage.Upstream(lineage.ColumnsNamed("daily_kpis.gross_revenue")).Select(step => $"{step.Distance} {step.Column} {step.Input.Column}");

        steps.ShouldBe(
        [
            "1 model.shop.daily_kpis.gross_revenue model.shop.orders.gross_revenue",
            "2 model.shop.orders.gross_revenue model.shop.order_items.gross_revenue",
            "3 model.shop.order_items.gross_revenue model.shop.stg_order_lines.list_amount",
            "3 model.shop.order_items.gross_revenue seed.shop.exchange_rates.rate",
            "4 model.shop.stg_order_lines.list_amount source.shop.lake.order_lines.quantity",
            "4 model.shop.stg_order_lines.list_amount source.shop.lake.order_lines.unit_price",
        ]);
    }

    [Fact]
    public void The_name_of_a_contact_goes_to_customers_and_what_lists_them()
    {
        var lineage = Shop.Value;

        var reached = lineage.Downstream(lineage.ColumnsNamed("lake.contacts.name")).Select(step => step.Column.ToString());

        reached.ShouldBe(["model.shop.stg_contacts.name", "model.shop.customers.customer_name", "model.shop.customer_360.customer_name", "model.shop.top_customers.customer_name"]);
    }

    private static readonly Lazy<ProjectLineage> Shop = new(() => Read("shop"));

    private static ProjectLineage Read(string sample)
    {
        var folder = Path.Combine(Repository.Root, "samples", sample);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("set timezone = 'UTC'; create schema lake");
        if (sample == "online-retail")
            connection.Execute("create table lake.order_lines (invoice_no varchar, stock_code varchar, description varchar, quantity integer, invoice_date timestamptz, unit_price decimal(18, 4), customer_id varchar, country varchar, _stream varchar, _position bigint)");
        else
        {
            CreateLake(connection, ProjectFile.Read(folder, null, null));
            IdentityStage.EnsureTables(connection);
        }

        return ProjectLineage.Read(ModelProject.Load(folder), connection, TimeProvider.System);
    }

    private static void CreateLake(DuckDBConnection connection, ProjectSettings settings)
    {
        foreach (var table in settings.Sources.Where(source => source.Entity is not null).Select(LakeTables.Entity).Append(LakeTables.Events))
            connection.Execute($"create table lake.{table.Name} ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\" {column.SqlType}"))})");
    }
}
