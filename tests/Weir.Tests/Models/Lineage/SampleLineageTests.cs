using Weir.Configuration;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Models;
using Weir.Models.Lineage;

namespace Weir.Tests.Models.Lineage;

/// <summary>The samples, with a lake of empty tables and nothing built; expectations are read off the models by hand.</summary>
public class SampleLineageTests
{
    [Theory]
    [InlineData("shop", 18)]
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
        "day =h.day; sessions <h.sessions; checkouts <h.checkouts; orders <h.orders; gross_revenue <h.gross_revenue; refunds <h.refunds; revenue <h.revenue; conversion <h.converted <h.sessions; "
        + "average_order_value <h.gross_revenue <h.orders | h.day", "h=hourly_kpis")]
    [InlineData("hourly_kpis",
        "hour =o.order_hour =o.refund_hour =s.hour; day <o.order_hour <o.refund_hour <s.hour; sessions; checkouts <s.has_checkout; converted <s.has_order; orders; gross_revenue <o.amount; refunds <o.amount; revenue <o.amount "
        + "| o.is_refunded o.order_hour o.refund_hour s.hour", "o=orders s=sessions")]
    [InlineData("top_customers",
        "customer_id =o.customer_id; customer_name <c.customer_name <o.customer_id; country <c.country; stage <c.stage; orders; last_order_date <o.order_date; revenue <o.amount <o.is_refunded | c.customer_id o.customer_id", "c=customers o=orders")]
    [InlineData("category_sales",
        "day =o.order_date; category <l.category; orders <l.order_id; quantity <l.quantity; revenue <l.amount | o.order_date o.order_id l.category l.order_id", "o=orders l=stg_order_lines")]
    [InlineData("sessions",
        "visitor_id =e.visitor_id; session_number <e.event_id <e.event_time <e.visitor_id; user_id <e.user_id; started_at <e.event_time; ended_at <e.event_time; hour <e.event_time; session_date <e.event_time; platform <e.event_time <e.platform; "
        + "campaign <e.campaign <e.event_time; events; has_cart <e.step; has_checkout <e.step; has_order <e.step | e.event_id e.event_time e.visitor_id", "e=events")]
    [InlineData("orders",
        "order_id =l.order_id; customer_id <l.customer_id; channel <l.channel; ordered_at <l.ordered_at; order_date <l.ordered_at; order_hour <l.ordered_at; is_refunded <l.status; refunded_at <l.status <l.updated_at; refund_date <l.status <l.updated_at; refund_hour <l.status <l.updated_at; lines; "
        + "quantity <l.quantity; amount <l.amount | l.order_id", "l=stg_order_lines")]
    [InlineData("hourly_activity", "hour =e.hour; platform =e.platform; step =e.step; events | e.hour e.platform e.step", "e=events")]
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
    public void Revenue_of_a_day_goes_back_to_quantity_and_price_of_order_lines()
    {
        var lineage = Shop.Value;

        var steps = lineage.Upstream(lineage.ColumnsNamed("daily_kpis.gross_revenue")).Select(step => $"{step.Distance} {step.Column} {step.Input.Column}");

        steps.ShouldBe(
        [
            "1 model.shop.daily_kpis.gross_revenue model.shop.hourly_kpis.gross_revenue",
            "2 model.shop.hourly_kpis.gross_revenue model.shop.orders.amount",
            "3 model.shop.orders.amount model.shop.stg_order_lines.amount",
            "4 model.shop.stg_order_lines.amount source.shop.lake.order_lines.quantity",
            "4 model.shop.stg_order_lines.amount source.shop.lake.order_lines.unit_price",
        ]);
    }

    [Fact]
    public void The_name_of_a_contact_goes_to_top_customers_only()
    {
        var lineage = Shop.Value;

        var reached = lineage.Downstream(lineage.ColumnsNamed("lake.contacts.name")).Select(step => step.Column.ToString());

        reached.ShouldBe(["model.shop.stg_contacts.name", "model.shop.customers.customer_name", "model.shop.top_customers.customer_name"]);
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
            CreateLake(connection, ProjectFile.Read(folder, null, null));
        return ProjectLineage.Read(ModelProject.Load(folder), connection, TimeProvider.System);
    }

    private static void CreateLake(DuckDBConnection connection, ProjectSettings settings)
    {
        foreach (var table in settings.Sources.Where(source => source.Entity is not null).Select(LakeTables.Entity).Append(LakeTables.Events))
            connection.Execute($"create table lake.{table.Name} ({string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\" {column.SqlType}"))})");
    }
}
