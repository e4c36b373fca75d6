using Weir.Events;
using Weir.Land.Bots;
using Weir.Land.Evaluate;
using Weir.Tests.Land.Evaluate;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Rules;

/// <summary>Events of bots, by their user agents.</summary>
public class BotTests
{
    private static readonly Weir.Sources.SourceDefinition Dropping = Web with { DropBots = true };

    private static string By(string userAgent, string members = ",\"user_id\":\"u\"") => $$"""{"event":"page","user_agent":"{{userAgent}}"{{members}}}""";

    [Theory]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/120.0 Safari/537.36", true)]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", true)]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", true)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36", true)]
    [InlineData("MOZILLA/5.0 (COMPATIBLE; GPTBOT/1.2)", true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", false)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1", false)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/443.0]", false)] // a person in Facebook's app
    [InlineData("Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Mobile Safari/537.36", false)] // a phone
    [InlineData("Mozilla/5.0 (Windows NT 10.0; rv:120.0) Gecko/20100101 Firefox/120.0", false)]
    [InlineData("okhttp/4.12.0", false)]
    [InlineData("analytics-node/3.1.0", false)]
    [InlineData("python-requests/2.31", false)]
    public void A_user_agent_is_a_bots_or_a_persons(string userAgent, bool isBot) => BotList.Default.Matches(userAgent).ShouldBe(isBot);

    [Fact]
    public void Bots_are_dropped_only_where_the_source_says_so()
    {
        var bot = System.Text.Encoding.UTF8.GetBytes(By("x Googlebot/2.1"));
        Judge(bot).ShouldBeOfType<Verdict.Event>();
        Judge(bot, Dropping).ShouldBeOfType<Verdict.Dropped>().Reason.ShouldBe(DropReasons.Bot);
        Landed(By("Firefox"), Dropping).UserAgent.ShouldBe("Firefox");
        Landed("""{"event":"page","user_id":"u"}""", Dropping).UserAgent.ShouldBeNull();
    }

    [Fact]
    public void The_requests_user_agent_counts_where_the_event_has_none() =>
        Judge("""{"event":"page","user_id":"u"}"""u8.ToArray(), Dropping, envelope: """{"userAgent":"bingbot/2.0"}""").ShouldBeOfType<Verdict.Dropped>().Reason.ShouldBe(DropReasons.Bot);

    [Fact]
    public void A_bots_event_is_dropped_whatever_else_is_wrong_with_it_but_one_that_cannot_be_read_is_quarantined()
    {
        Judge(System.Text.Encoding.UTF8.GetBytes(By("bingbot", ",\"price\":[1]")), Dropping).ShouldBeOfType<Verdict.Dropped>();
        Judge("{"u8.ToArray(), Dropping, envelope: """{"userAgent":"bingbot/2.0"}""").ShouldBeOfType<Verdict.Quarantined>().Reason.ShouldBe("invalid_json");
    }

    [Fact]
    public void A_projects_own_list_stands_in_the_place_of_Weirs()
    {
        using var folder = new TemporaryFolder();
        BotList.Load(folder.Path).ShouldBeSameAs(BotList.Default);
        File.WriteAllText(Path.Combine(folder.Path, "bots.txt"), "# ours\n\n  OurMonitor/  \n");
        var own = BotList.Load(folder.Path);
        (own.Matches("x ourmonitor/1"), own.Matches("Googlebot")).ShouldBe((true, false));
        File.WriteAllText(Path.Combine(folder.Path, "bots.txt"), "# ours\nx\n");
        var error = Should.Throw<WeirException>(() => BotList.Load(folder.Path));
        (error.Code, error.Message.Contains("bots.txt, line 2: 'x'")).ShouldBe(("WEIR5111", true));
    }
}
