using Weir.Events;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Quarantines;
using Weir.Land.Replay;
using Weir.Storage;
using Weir.Tests.Land.Contracts;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Replay;

/// <summary>A lake whose quarantine holds what a contract was too strict about, and short ways to try it again.</summary>
internal sealed class ReplayBench : IDisposable
{
    private readonly ContractFolder contracts = new();

    public ReplayBench() => Demand("""["order_id"]""");

    public LandFixture Land { get; init; } = new();

    public MemoryEventStream Web { get; init; } = new("aaaa", "web");

    /// <summary>Orders demand these members from now on.</summary>
    public void Demand(string required)
    {
        contracts.With("contracts/order/1.json", $$"""{"required": {{required}}}""");
        Rules = EventRules.Load(contracts.Project);
        Land.Configure = o => o with { Rules = Rules };
    }

    public EventRules Rules { get; set; } = EventRules.None;

    public static string Order(int id, string extra = "") => Of(id, "2026-03-01T09:00:00", "order", extra);

    /// <summary>
    /// 0 and 3: copies, without an order id; 1: a page; 2: no JSON; 4: an order with its id; 5: a copy of it without; 6: has the page's id, and no order id. After the contract was corrected:
    /// <c>0:landed 1:landed 2:quarantined 3:duplicate 4:landed 5:duplicate 6:quarantined</c>.
    /// </summary>
    public async Task ReceiveAsync()
    {
        Web.Append(At("2026-03-01T10:00:00"), Order(1), Of(2, "2026-03-01T09:00:00"), "{");
        Web.Append(At("2026-03-01T11:00:00"), Order(1), Order(4, ""","order_id":"x" """), Order(4), Order(2));
        await Land.LandAsync(Web);
        Land.FateLine("aaaa").ShouldBe(Strict);
    }

    public const string Strict = "0:quarantined 1:landed 2:quarantined 3:quarantined 4:landed 5:quarantined 6:quarantined";
    public const string Corrected = "0:landed 1:landed 2:quarantined 3:duplicate 4:landed 5:duplicate 6:quarantined";

    public Task<ReplayReport> ReplayAsync(QuarantineFilter? filter = null, bool plan = false, IDisk? disk = null, string? dataFolder = null) =>
        RunAsync(r => r.FromQuarantineAsync(filter ?? new QuarantineFilter(), [Web], null, CancellationToken.None), plan, disk, dataFolder);

    public Task<ReplayReport> RawAsync(IReadOnlyList<IEventStream>? streams = null, string from = "2026-03-01T00:00:00", string to = "2026-03-02T00:00:00", bool plan = false, string? dataFolder = null) =>
        RunAsync(r => r.FromRawAsync("web", At(from).UtcDateTime, At(to).UtcDateTime, streams ?? [Web], null, CancellationToken.None), plan, null, dataFolder);

    public async Task<ReplayReport> RunAsync(Func<Replayer, Task<ReplayReport>> run, bool plan = false, IDisk? disk = null, string? dataFolder = null)
    {
        using var lake = Land.OpenLake(disk);
        using var replayer = Replayer.Open(new ReplayOptions(dataFolder ?? Land.Data) { Rules = Rules, Plan = plan }, lake, Land.Sources, Land.Keys, disk ?? LocalDisk.Instance, TimeProvider.System);
        return await run(replayer);
    }

    public void AddsUp(string? context = null)
    {
        using var lake = Land.OpenLake();
        var account = Account.Read(lake, () => [Web]);
        account.AddsUp.ShouldBeTrue($"{context} {string.Join('\n', account.Problems)}");
    }

    /// <summary>Each reason with landed, duplicate, quarantined, dropped, stays, unreadable.</summary>
    public static IReadOnlyList<string> Lines(ReplayReport report) => [.. report.Counts.Select(c => $"{c.Source} {c.Reason}: {c.Landed} {c.Duplicate} {c.Quarantined} {c.Dropped} {c.Stays} {c.Unreadable}")];

    public void Dispose()
    {
        contracts.Dispose();
        Land.Dispose();
    }
}
