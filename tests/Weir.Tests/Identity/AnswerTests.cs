using Weir.Identity;
using Weir.Identity.Resolving;
using static Weir.Tests.Identity.IdentityBench;

namespace Weir.Tests.Identity;

/// <summary>What people ask of the tables. Two people, one laptop; one of them with two contacts that share an address.</summary>
public sealed class AnswerTests : IDisposable
{
    private static readonly string Anna = IdKinds.KeyOf("user", "u-1");
    private readonly IdentityBench bench = new();

    public AnswerTests() => bench.Take("a",
        Event(1, "u-1", "laptop"), Event(2, "u-2", "laptop"), Event(3, "u-1", "phone"),
        Contact(10, "c-1", "u-1", "a@b.c"), Contact(20, "c-2", null, "a@b.c"), Contact(30, "c-3", "u-2", null));

    public void Dispose() => bench.Dispose();

    [Fact]
    public void An_id_is_explained_by_the_chain_of_evidence_to_the_one_that_names_the_customer()
    {
        var rows = new CustomerExplanation(bench.Warehouse, bench.Rules, Hash).Explain("crm=c-2");
        rows.Where(r => r.Step is not null).Select(r => $"{r.Step} {r.Id} < {r.Through} {r.From:HH:mm} {r.Evidence} {r.Source} {r.Stream}:{r.Position}").ShouldBe(
            ["1 crm=c-2 < email=#a(at)b.c 00:20 contacts crm contacts-a:1", "2 email=#a(at)b.c < user=u-1 00:10 contacts crm contacts-a:0", "3 user=u-1 <  00:01   :"]);
        rows.Where(r => r.Step is null).Select(r => $"{r.Id} < {r.Through} {r.From:HH:mm}-{r.To:HH:mm}").ShouldBe(
            ["crm=c-1 < user=u-1 00:10-", "anonymous=laptop < user=u-1 00:01-00:02", "anonymous=phone < user=u-1 00:03-"]);
        rows.ShouldAllBe(r => r.Customer == Anna);
        new CustomerExplanation(bench.Warehouse, bench.Rules, Hash).Explain("email=A@B.c").Count.ShouldBe(rows.Count);
        new CustomerExplanation(bench.Warehouse, bench.Rules, Hash).Explain(IdKinds.KeyOf("crm", "c-2")).ShouldBe(rows); // as a retired id
    }

    [Fact]
    public void A_browser_is_explained_by_whose_it_was_and_when() =>
        new CustomerExplanation(bench.Warehouse, bench.Rules, Hash).Explain("anonymous=laptop").Select(r => $"{r.Through} {r.From:HH:mm}-{r.To:HH:mm}").ShouldBe(["user=u-1 00:01-00:02", "user=u-2 00:02-"]);

    [Fact] // WEIR7113
    public void An_id_that_nobody_has_is_told()
    {
        foreach (var text in new[] { "user=u-9", "phone=1", "nonsense", "anonymous=tablet" })
            Should.Throw<WeirException>(() => new CustomerExplanation(bench.Warehouse, bench.Rules, Hash).Explain(text)).Code.ShouldBe("WEIR7113");
    }

    [Fact]
    public void A_split_is_foretold_as_the_next_run_makes_it()
    {
        bench.Take("b", Contact(40, "c-4", "u-2", "a@b.c"));
        var plan = SplitPlan.Of(bench.Warehouse, bench.Rules, [], Hash, "user=u-1", "crm=c-4");
        plan.Before.ShouldBe(IdKinds.KeyOf("user", "u-2")); // the smaller of the two
        plan.After.Select(a => $"{a.Customer}: {string.Join(' ', a.Ids)}").ShouldBe(new[]
        {
            $"{Anna}: crm=c-1 crm=c-2 email=#a(at)b.c user=u-1", $"{IdKinds.KeyOf("user", "u-2")}: crm=c-3 crm=c-4 user=u-2",
        }.Order(StringComparer.Ordinal));
        bench.Splits = [plan.Split];
        bench.Run();
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#a(at)b.c user=u-1 | crm=c-3 crm=c-4 user=u-2");
    }

    [Fact] // WEIR7114
    public void What_is_not_one_customer_cannot_be_split()
    {
        foreach (var (left, right) in new[] { ("user=u-1", "user=u-2"), ("user=u-1", "anonymous=phone"), ("user=u-1", "user=u-1") })
            Should.Throw<WeirException>(() => SplitPlan.Of(bench.Warehouse, bench.Rules, [], Hash, left, right)).Code.ShouldBe("WEIR7114");
    }

    [Fact]
    public void Large_customers_several_ids_of_a_kind_and_what_was_refused_are_suspect()
    {
        bench.Rules = bench.Rules with { SuspectSize = 3 };
        bench.Take("b", Event(50, "undefined", null), Event(51, "undefined", null));
        CustomerSuspects.Find(bench.Warehouse, bench.Rules, 10).ShouldBe(
        [
            new Suspect(Anna, "many ids", 4, "crm=c-1 crm=c-2 email=#a(at)b.c user=u-1"), new Suspect(Anna, "several crm", 2, "crm=c-1 crm=c-2"), new Suspect("user=undefined", "junk", 2, null),
        ]);
        CustomerSuspects.Find(bench.Warehouse, bench.Rules, 1).Count.ShouldBe(1);
    }

    [Fact]
    public void A_person_is_all_ids_with_addresses_as_the_lake_has_them_and_without_what_others_used()
    {
        var person = PersonIds.Of(bench.Warehouse, bench.Rules, Hash, "anonymous=phone");
        person.Customer.ShouldBe(Anna);
        person.Own.ShouldBe([("crm", "c-1"), ("crm", "c-2"), ("user", "u-1"), ("email", "a@b.c"), ("anonymous", "phone")]);
        person.Shared.ShouldBe([("anonymous", "laptop")]);
    }

    [Fact]
    public void A_browser_that_two_used_names_nobody() =>
        Should.Throw<WeirException>(() => PersonIds.Of(bench.Warehouse, bench.Rules, Hash, "anonymous=laptop")).Code.ShouldBe("WEIR7115");
}
