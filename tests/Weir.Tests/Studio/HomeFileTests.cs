using Weir.Studio.Home.Config;
using Weir.Studio.Text;

namespace Weir.Tests.Studio;

public class HomeFileTests
{
    [Fact]
    public void Every_mistake_is_told_at_once_with_its_path_line_and_what_is_allowed()
    {
        const string text = """
            titel: Shop
            time_zone: Europe/Berln
            currency: euro
            stale_after: soon
            figures:
              - {label: Revenue, table: kpis, date: day, valu: revenue, format: monney, good: sideways}
            leaderboards:
              - {title: Top, table: top, label: name, value: [revenue], limit: 100}
            changes: what_changed
            """;
        var error = Should.Throw<WeirException>(() => HomeFile.Parse(text, "dashboards/home.yml"));
        error.Code.ShouldBe("WEIR9001");
        error.Message.Split('\n').ShouldBe(
        [
            "dashboards/home.yml has 11 mistakes:",
            "titel (line 1): is not known here; allowed: title, time_zone, currency, stale_after, figures, leaderboards, changes",
            "time_zone (line 2): 'Europe/Berln' is not allowed; allowed: an IANA time zone, for example Europe/Berlin",
            "currency (line 3): 'euro' is not allowed; allowed: three letters of ISO 4217, for example EUR",
            "stale_after (line 4): 'soon' is not allowed; allowed: a number and s, min, h or d, for example 90min",
            "figures[0].valu (line 6): is not known here; allowed: label, table, date, value, per, compare, format, good",
            "figures[0].value (line 6): is missing",
            "figures[0].format (line 6): 'monney' is not allowed; allowed: number, count, money, percent",
            "figures[0].good (line 6): 'sideways' is not allowed; allowed: up, down, neither",
            "leaderboards[0].value (line 8): must be a text",
            "leaderboards[0].limit (line 8): '100' is not allowed; allowed: a whole number from 1 to 50",
            "changes (line 9): must be a mapping with: table",
        ]);
    }

    [Fact]
    public void Text_that_is_not_yaml_is_told_with_line_and_column()
    {
        var error = Should.Throw<WeirException>(() => HomeFile.Parse("figures: [\n  {label: Revenue\n", "dashboards/home.yml"));
        error.Code.ShouldBe("WEIR9002");
        error.Message.ShouldContain("line ");
    }

    [Fact]
    public void The_whole_file_is_read()
    {
        var config = HomeFile.Parse(SampleShop.Home + "\nstale_after: 90min", "home.yml");
        config.Title.ShouldBe("Shop");
        config.Currency.ShouldBe("EUR");
        config.StaleAfter.ShouldBe(TimeSpan.FromMinutes(90));
        config.Figures.Count.ShouldBe(4);
        config.Figures[2].ShouldBe(new FigureConfig("Conversion", "hourly_kpis", "hour", "orders", "sessions", null, FigureFormat.Percent, Good.Up));
        config.Leaderboards[0].Limit.ShouldBe(8);
        config.ChangesTable.ShouldBe("what_changed");
    }

    [Fact]
    public void An_empty_file_is_an_empty_page() => HomeFile.Parse("# later\n", "home.yml").Figures.ShouldBeEmpty();

    [Fact]
    public void The_files_of_the_samples_are_right()
    {
        foreach (var sample in new[] { "shop", "online-retail" })
            HomeFile.Read(Path.Combine(Repository.Root, "samples", sample)).ShouldNotBeNull().Figures.ShouldNotBeEmpty();
    }
}
