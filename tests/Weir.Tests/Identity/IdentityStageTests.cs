using Weir.DuckDb;
using Weir.Identity;
using Weir.Identity.Resolving;
using static Weir.Tests.Identity.IdentityBench;

namespace Weir.Tests.Identity;

/// <summary>Evidence out of a lake, and the tables that are made of it. Who is who was decided by hand.</summary>
public sealed class IdentityStageTests : IDisposable
{
    private readonly IdentityBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Ids_that_stand_in_one_row_are_one_customer_whom_the_first_kind_names()
    {
        bench.Take("a", Contact(1, "c-1", "u-1", "Anna@Example.org"), Contact(2, "c-2", null, "anna@example.org "), Contact(3, "c-3", "u-3", null), Event(4, "u-9", null));
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#anna(at)example.org user=u-1 | crm=c-3 user=u-3 | user=u-9");
        bench.Warehouse.Query("SELECT DISTINCT customer_id FROM identity.customer_map ORDER BY 1", r => r.GetString(0))
            .ShouldBe(new[] { "u-1", "u-3", "u-9" }.Select(u => IdKinds.KeyOf("user", u)).Order(StringComparer.Ordinal));
    }

    [Fact] // I7
    public void Two_people_on_one_laptop_stay_two_people_each_in_his_time()
    {
        bench.Take("a", Event(10, "paul", "laptop"), Event(20, null, "laptop"), Event(30, "mary", "laptop"), Event(31, "mary", "laptop"), Event(50, "paul", "laptop"), Event(5, null, "laptop"));
        bench.Customers().ShouldBe("user=mary | user=paul");
        bench.Browser("laptop").ShouldBe("paul@-1… mary@30… paul@50");
    }

    [Fact]
    public void A_late_sighting_moves_the_boundaries_as_if_it_had_come_in_time()
    {
        bench.Take("a", Event(10, "paul", "laptop"), Event(50, "paul", "laptop"));
        bench.Browser("laptop").ShouldBe("paul@-1");
        var report = bench.Take("b", Event(30, "mary", "laptop"));
        report.IsWhole.ShouldBeFalse();
        bench.Browser("laptop").ShouldBe("paul@-1… mary@30… paul@50");
    }

    [Fact]
    public void When_two_turn_out_to_be_one_their_browser_is_one_persons()
    {
        bench.Take("a", Event(10, "u-1", "laptop"), Event(30, "u-2", "laptop"));
        bench.Browser("laptop").ShouldBe("u-1@-1… u-2@30");
        bench.Take("b", Contact(60, "c-1", "u-1", "a@b.c"), Contact(61, "c-2", "u-2", "a@b.c"));
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#a(at)b.c user=u-1 user=u-2");
        bench.Browser("laptop").ShouldBe("u-1@-1");
    }

    [Fact] // I4
    public void A_retired_id_leads_to_its_customer_with_the_evidence()
    {
        bench.Take("a", Event(1, "u-1", null), Contact(2, "c-1", null, "a@b.c"));
        var old = bench.Warehouse.Scalar<string>("SELECT customer_id FROM identity.customer_map WHERE kind = 'email'")!;
        old.ShouldBe(IdKinds.KeyOf("crm", "c-1"));
        bench.Take("b", Contact(9, "c-2", "u-1", "a@b.c"));
        bench.Warehouse.Scalar<string>($"SELECT customer_id FROM identity.customer_merges WHERE retired_id = '{old}'").ShouldBe(IdKinds.KeyOf("user", "u-1"));
        bench.Warehouse.Query("SELECT left_kind || '=' || left_value || ' ' || right_kind || '=' || right_value || ' ' || evidence || ' ' || source || ' ' || _stream || ':' || _position || ' ' || strftime(merged_at, '%H:%M') FROM identity.customer_merges ORDER BY merged_at, left_kind DESC", r => r.GetString(0))
            .ShouldBe(["crm=c-1 email=#a(at)b.c contacts crm contacts-a:0 00:02", "user=u-1 crm=c-2 contacts crm contacts-b:0 00:09", "user=u-1 email=#a(at)b.c contacts crm contacts-b:0 00:09"]);
    }

    [Fact]
    public void What_a_source_takes_back_is_no_evidence_any_more()
    {
        bench.Take("a", Contact(1, "c-1", "u-1", "a@b.c"), Contact(2, "c-2", "u-2", "a@b.c"));
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#a(at)b.c user=u-1 user=u-2");
        bench.Take("a", Contact(9, "c-2", "u-2", "d@e.f")).IsWhole.ShouldBeFalse();
        bench.Customers().ShouldBe("crm=c-1 email=#a(at)b.c user=u-1 | crm=c-2 email=#d(at)e.f user=u-2");
        bench.Rules = bench.Rules with { Evidence = [.. bench.Rules.Evidence.Select(r => r with { History = r.Table == "contacts" })] };
        bench.Run().IsWhole.ShouldBeTrue();
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#a(at)b.c email=#d(at)e.f user=u-1 user=u-2");
    }

    [Fact] // I3
    public void A_split_undoes_a_merge_and_without_it_the_merge_is_there_again()
    {
        bench.Take("a", Event(1, "u-1", "laptop"), Contact(2, "c-1", "u-1", "a@b.c"), Contact(3, "c-2", "u-2", "a@b.c"));
        var before = bench.Published();
        bench.Splits = [new Split(IdKinds.KeyOf("user", "u-1"), IdKinds.KeyOf("user", "u-2"))];
        bench.Run().IsWhole.ShouldBeFalse();
        bench.Customers().ShouldBe("crm=c-1 email=#a(at)b.c user=u-1 | crm=c-2 user=u-2"); // the evidence of 00:02 came first
        bench.Splits = [];
        bench.Run();
        bench.Published().ShouldBe(before);
    }

    [Fact]
    public void Junk_and_ids_with_too_many_partners_are_refused_and_listed()
    {
        bench.Rules = bench.Rules with { MostPartners = 2 };
        bench.Take("a", Event(1, "undefined", "x"), Event(2, "NULL", "x"), Event(3, " 0 ", "x"), Contact(4, "c-1", null, "info@b.c"), Contact(5, "c-2", null, "info@b.c"));
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#info(at)b.c");
        bench.Take("a", Contact(6, "c-3", null, "info@b.c"), Event(7, "u-1", "kiosk"), Event(8, "u-2", "kiosk"), Event(9, "u-3", "kiosk"));
        bench.Customers().ShouldBe("crm=c-1 | crm=c-2 | crm=c-3 | user=u-1 | user=u-2 | user=u-3");
        bench.Browser("kiosk").ShouldBe("");
        bench.Warehouse.Query("SELECT kind || ' ' || id_value || ' ' || reason || ' ' || how_many FROM identity.refused_ids ORDER BY 1", r => r.GetString(0))
            .ShouldBe(["anonymous kiosk customers 3", "email #info(at)b.c partners 3", "user 0 junk 1", "user null junk 1", "user undefined junk 1"]);
    }

    [Fact]
    public void A_run_resolves_only_what_hangs_together_with_what_is_new()
    {
        bench.Take("a", [.. Enumerable.Range(0, 20).Select(n => Contact(n, $"c-{n}", $"u-{n}", null))]).Resolved.ShouldBe(40);
        bench.Run().Resolved.ShouldBe(0);
        bench.Take("a", Event(90, "u-3", "x")).Resolved.ShouldBe(2); // seen in events for the first time: u-3 and c-3
        bench.Take("a", Event(91, "u-3", "y")).Resolved.ShouldBe(0);
        bench.Take("b", Contact(99, "c-30", "u-3", "a@b.c")).Resolved.ShouldBe(4); // u-3, c-3, c-30 and the address
    }

    [Fact] // I8
    public void A_run_that_dies_leaves_the_tables_as_they_were_and_the_next_one_does_all_of_it()
    {
        bench.Take("a", Event(1, "u-1", "laptop"), Contact(2, "c-1", "u-1", "a@b.c"));
        var before = bench.Published();
        bench.Land("b", Contact(3, "c-2", "u-2", "a@b.c"), Event(4, "u-2", "laptop"));
        var rules = bench.Rules;
        // The last rule cannot be read: everything before it was done by then.
        bench.Rules = rules with { Evidence = [rules.Evidence[1], rules.Evidence[0] with { At = "no_such_column" }] };
        Should.Throw<WeirException>(() => bench.Run()).Code.ShouldBe("WEIR7111");
        bench.Published().ShouldBe(before);
        bench.Rules = rules;
        bench.Run().IsWhole.ShouldBeFalse();
        bench.Customers().ShouldBe("crm=c-1 crm=c-2 email=#a(at)b.c user=u-1 user=u-2");
        bench.Browser("laptop").ShouldBe("u-1@-1");
    }

    [Fact]
    public void A_table_that_the_lake_has_not_is_told() => // WEIR7110
        Should.Throw<WeirException>(() =>
        {
            bench.Rules = bench.Rules with { Evidence = [new EvidenceRule("mapping", [new IdColumn("user", "user_id")])] };
            bench.Run();
        }).Code.ShouldBe("WEIR7110");

    [Fact]
    public void A_mapping_of_old_accounts_to_new_ones_unites_two_ids_of_a_kind()
    {
        bench.Rules = bench.Rules with { Evidence = [bench.Rules.Evidence[0], new EvidenceRule("contacts", [new IdColumn("user", "contact_id"), new IdColumn("user", "customer_id")])] };
        bench.Take("a", Event(1, "old-1", null), Contact(2, "old-1", "new-1", null), Contact(3, "same", "same", null));
        bench.Customers().ShouldBe("user=new-1 user=old-1 | user=same");
    }
}
