using Weir.Accounting;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Erasure;
using Weir.Land.Privacy;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Erasure;

/// <summary>A lake with two people's events, orders and quarantined rows, of whom one is to be erased.</summary>
internal sealed class ErasureBench : IDisposable
{
    public const string Mail = "Anna.Meyer@example.org";

    /// <summary>Anna's by user id, by cookie, by address in four ways; and what only looks like hers.</summary>
    public static readonly string[] Web =
    [
        Of(1, "2026-03-01T09:00:00", extra: ""","user_id":"u-1" """),
        Of(2, "2026-03-01T09:00:00", extra: ""","user_id":"u-11" """),
        Of(3, "2026-03-01T10:00:00").Replace("\"anonymous_id\":\"a\"", "\"anonymous_id\":\"cookie-1\""),
        Of(4, "2026-03-01T10:00:00", extra: ""","properties":{"email":"anna.meyer@EXAMPLE.org"}"""),
        Of(5, "2026-03-01T10:10:00", extra: ""","page":{"url":"https://shop.example/?e=anna.meyer%40example.org"}"""),
        Of(6, "2026-03-01T10:10:00", extra: ""","properties":{"x":["\u0061nna.meyer\u0040example.org"]}"""),
        Of(7, "2026-03-01T11:00:00", extra: ""","properties":{"email":"joanna.meyer@example.org","to":"anna.meyer@example.org.uk"}"""),
        Of(8, "2026-03-01T11:00:00", extra: ""","properties":{"user_id":"u-1"}"""),
        """{"event":"page","timestamp":"never","user_id":"u-1"}""",
        """{"event":"page","timestamp":"never","user_id":"u-12","properties":{"from":"anna.meyer@example.org"}}""",
        """{"event":"page","timestamp":"never","user_id":"u-12"}""",
    ];

    public static readonly string[] Orders =
    [
        """{"id":"o1","customer_id":"u-1","note":"x"}""", """{"id":"o2","customer_id":"u-2","note":"for Anna.Meyer@example.org"}""", """{"id":"o3","customer_id":"u-2","note":"x"}""",
    ];

    /// <summary>Positions that are not hers.</summary>
    public const string WebLeft = "1:landed 6:landed 7:landed 10:quarantined";

    public static readonly IReadOnlyList<PersonId> Anna = [Id("user=u-1"), Id("anonymous=cookie-1"), Id($"email={Mail}")];

    public ErasureBench(LandFixture? land = null)
    {
        Land = land ?? new LandFixture();
        Land.Sources.Add(new SourceDefinition
        {
            Name = "shop", Entity = "orders", Key = ["id"], RequireIdentity = false, Dedupe = DedupeRule.None,
            Fields = [new("id", "id", new(FieldKind.Varchar)), new("customer_id", "customer_id", new(FieldKind.Varchar)), new("note", "note", new(FieldKind.Varchar))],
        });
        WebStream = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T12:00:00"), Web.Take(5)).Append(At("2026-03-01T13:00:00"), Web.Skip(5));
        ShopStream = new MemoryEventStream("bbbb", "shop").Append(At("2026-03-01T12:00:00"), Orders);
    }

    public LandFixture Land { get; }
    public MemoryEventStream WebStream { get; }
    public MemoryEventStream ShopStream { get; }

    public Task<LandResult> LandAsync(params IEventStream[] more) => Land.LandAsync([WebStream, ShopStream, .. more], null);

    public async Task<IReadOnlyList<ErasedPart>> EraseAsync(IDisk? disk = null, Action<LakeStore>? meanwhile = null, params PersonId[] ids)
    {
        using var lake = Land.OpenLake(disk);
        return await EraserOf(lake, disk).RunAsync(ids.Length > 0 ? ids : Anna, _ => meanwhile?.Invoke(lake), CancellationToken.None);
    }

    public async Task<string> PlanAsync()
    {
        using var lake = Land.OpenLake();
        return Text(await EraserOf(lake, null).PlanAsync(Anna, _ => { }, CancellationToken.None));
    }

    public static string Text(IEnumerable<ErasedPart> parts) => string.Join(' ', parts.Select(p => $"{p.Table}/{p.Source}:{p.Rows}"));

    /// <summary>Whether the account adds up and its proof holds.</summary>
    public async Task ShouldAddUpAsync(string when = "")
    {
        using var lake = Land.OpenLake();
        IReadOnlyList<IEventStream> streams = [WebStream, ShopStream];
        Account.Read(lake, () => streams).ShouldSatisfyAllConditions(a => a.Problems.ShouldBeEmpty(when), a => a.AddsUp.ShouldBeTrue(when));
        var proof = await new AccountVerifier(lake, LocalDisk.Instance, new VerifyOptions(Path.Combine(Land.Data, "run", "verify"))).VerifyAsync(new VerifyScope(), () => streams, null, CancellationToken.None);
        proof.Faults.Select(f => f.ToString()).ShouldBeEmpty(when);
    }

    public string Runs() => string.Join(' ', Land.Texts("SELECT concat(source, ' ', date_part('hour', hour), ' ', coalesce(landed_runs, ''), '|', coalesce(quarantined_runs, ''), ';') FROM lake.ledger WHERE movement = 'erase' ORDER BY source, hour, landed_runs"));

    public void UsePersonal() => Land.Configure = o => o with { Rules = EventRules.None with { Personal = new PersonalData(PersonalData.Usual(isProduction: false), Land.Keys) } };

    private Eraser EraserOf(LakeStore lake, IDisk? disk) =>
        new(lake, disk ?? LocalDisk.Instance, new KeyStore(disk ?? LocalDisk.Instance, Path.Combine(Land.Data, "keys")), Land.Sources, Land.Data, TimeProvider.System);

    private static PersonId Id(string text) => PersonId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public void Dispose() => Land.Dispose();
}
