using Weir.Configuration;
using Weir.Identity;
using Weir.Identity.Resolving;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Identity;

/// <summary>The files of the folder <c>identity/</c>.</summary>
public sealed class IdentityFileTests : IDisposable
{
    private readonly TemporaryProject project = new TemporaryProject().With("weir.yml", """
        sources:
          web: {}
          crm:
            entity: contacts
            key: [contact_id]
            fields: [{name: contact_id, type: varchar}, {name: customer_id, type: varchar}, {name: email, type: varchar}, {name: city, type: varchar}]
          stock:
            entity: stock
            fields: [{name: sku, type: varchar}]
        """);

    public void Dispose() => project.Dispose();

    [Fact]
    public void Without_rules_ids_are_found_by_the_names_of_columns()
    {
        IdentitySection.IsDeclared(Settings()).ShouldBeFalse();
        Describe(IdentitySection.Read(Settings())).ShouldBe("events event_time user:user_id anonymous:anonymous_id device:device_id | contacts received_at crm:\"contact_id\" user:\"customer_id\" email:\"email\"");
    }

    [Fact]
    public void Rules_say_kinds_columns_expressions_times_and_versions()
    {
        project.With("identity/rules.yml", """
            kinds: {strong: [account, mail]}
            junk: [Dummy]
            most_partners: 3
            evidence:
              events: {ids: {account: [user_id, "json_extract_string(context, '$.traits.id')"], device: device_id}}
              contacts: {ids: {mail: email}, at: "now()", versions: all}
            """);
        var rules = IdentitySection.Read(Settings());
        IdentitySection.IsDeclared(Settings()).ShouldBeTrue();
        Describe(rules).ShouldBe("events event_time account:user_id account:json_extract_string(context, '$.traits.id') device:device_id | contacts now() mail:email history");
        (rules.Strong, rules.Weak, rules.MostPartners).ShouldBe((rules.Strong, IdentityRules.DefaultWeak, 3));
        rules.Strong.ShouldBe(["account", "mail"]);
        rules.Junk.ShouldContain("dummy");
        rules.Junk.ShouldContain("undefined");
    }

    [Fact]
    public void All_mistakes_of_the_rules_are_told_at_once()
    {
        project.With("identity/rules.yml", "kinds: {strong: [user, User-Id], weak: [user]}\nevidence:\n  events: {ids: {anonymous: anonymous_id, phone: phone}, verions: all}\n");
        var error = Should.Throw<WeirException>(() => IdentitySection.Read(Settings()));
        error.Code.ShouldBe("WEIR1023");
        error.Message.ShouldContain("kinds.strong has 'User-Id'");
        error.Message.ShouldContain("kinds.weak has 'user', which is strong already");
        error.Message.ShouldContain("phone is no kind of ids");
        error.Message.ShouldContain("must have a strong one");
        error.Message.ShouldContain("did you mean 'versions'?");
    }

    [Fact]
    public void A_split_is_read_as_it_was_written_and_as_people_write_it()
    {
        var rules = IdentitySection.Read(Settings());
        var split = new Split(IdKinds.KeyOf("user", "u-1"), IdKinds.KeyOf("email", "#a(at)b.c"));
        Splits.Append(project.Folder, split, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "two \"sisters\",\none address");
        Splits.Append(project.Folder, split, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), null);
        File.AppendAllText(Splits.PathOf(project.Folder), "# by hand\nuser=u-1, email=A@b.c\n");
        Splits.Read(project.Folder, rules, IdentityBench.Hash).ShouldBe([split, split, split]);
        File.ReadAllLines(Splits.PathOf(project.Folder))[..2].ShouldBe(["left,right,at,reason", $"{split.Left},{split.Right},2026-03-01T12:00:00Z,\"two \"\"sisters\"\", one address\""]);
    }

    [Theory] // WEIR7112
    [InlineData("user=u-1", "it has no comma")]
    [InlineData("user=u-1,anonymous=x", "'anonymous=x' is no id of user, customer, crm, email")]
    [InlineData("user=u-1,nobody", "'nobody' is no id")]
    [InlineData("user=u-1,user=u-1", "it names one id twice")]
    public void A_line_that_is_no_split_stops_the_run(string line, string why)
    {
        project.With("identity/splits.csv", $"left,right,at,reason\n{line}\n");
        var error = Should.Throw<WeirException>(() => Splits.Read(project.Folder, IdentitySection.Read(Settings()), IdentityBench.Hash));
        error.Code.ShouldBe("WEIR7112");
        error.Message.ShouldContain($"splits.csv, line 2: '{line}' is no split: {why}");
    }

    [Fact] // computed with sha256sum: printf 'user:4711' | sha256sum
    public void A_key_is_the_kind_and_128_bits_of_a_hash_that_anybody_can_compute()
    {
        IdKinds.KeyOf("user", "4711").ShouldBe("user-8e7568d540fe05cbc13a9b5990045efe");
        var kinds = new IdKinds(["user", "email"]);
        kinds.Write(kinds.Read(IdKinds.KeyOf("email", "x"))).ShouldBe(IdKinds.KeyOf("email", "x"));
        kinds.TryRead("phone-00000000000000000000000000000000", out _).ShouldBeFalse();
        kinds.TryRead("user-0000000000000000000000000000000g", out _).ShouldBeFalse();
    }

    private ProjectSettings Settings() => ProjectFile.Read(project.Folder, null, null);

    private static string Describe(IdentityRules rules) =>
        string.Join(" | ", rules.Evidence.Select(r => $"{r.Table} {r.At} {string.Join(' ', r.Ids.Select(i => $"{i.Kind}:{i.Sql}"))}{(r.History ? " history" : "")}"));
}
