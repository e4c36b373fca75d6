using Weir.Configuration;
using Weir.Land.Retaining;
using Weir.Roles;

namespace Weir.Tests.Acceptance;

/// <summary>Retention as <c>weir.yml</c> says it and as the command and the land role do it.</summary>
public class RetentionCommandTests
{
    private const string Yml = """
        sources:
          web: {write_keys: [w]}
          prices: {files: "*.ndjson", entity: prices, fields: [{name: sku}], retention: {raw: 7d}}
          crm: {write_keys: [c], max_age: 60d, retention: {events: 90d}}
        """;

    [Fact]
    public void A_source_says_what_it_wants_otherwise_and_the_environment_the_rest()
    {
        using var project = new TemporaryProject().With("weir.yml", Yml + """

            retention: {quarantine: 10d}
            environments:
              production: {retention: {events: 1y}}
              staging: {}
            """);
        var production = ProjectFile.Read(project.Folder, "production", null);
        Days(production.Retention.Usual).ShouldBe((30, 365, 10));
        Days(production.Retention.Of("web")).ShouldBe((30, 365, 10));
        Days(production.Retention.Of("prices")).ShouldBe((7, 365, 10));
        Days(production.Retention.Of("crm")).ShouldBe((30, 90, 10));
        Days(production.Retention.Of("gone")).ShouldBe((30, 365, 10));
        var staging = ProjectFile.Read(project.Folder, "staging", null);
        Days(staging.Retention.Of("web")).ShouldBe((0, 730, 10));
        Days(staging.Retention.Of("prices")).ShouldBe((0, 730, 10)); // none is kept here
        production.Sources.Select(s => s.MaxAge?.TotalDays).ShouldBe([365, null, 60]); // what is older would go at once; entities have no age
        static (double, double, double) Days(Retention r) => (r.Raw.TotalDays, r.Events.TotalDays, r.Quarantine.TotalDays);
    }

    [Theory]
    [InlineData("retention: {raws: 1d}", "retention.raws is not a setting here; did you mean 'raw'?")]
    [InlineData("retention: {events: 3h}", "retention.events is '3h', but must be a day at least")]
    [InlineData("retention: {raw: 1w}", "retention.raw is '1w', but must be a length of time such as 10s, 5m, 12h, 30d, 2y or 0")]
    [InlineData("sources: {web: {retention: {tiers: [{after: 90d, class: GLACIER_IR}]}}}", "sources.web.retention.tiers is for a lake in an object store")]
    [InlineData("sources: {web: {retention: {event: 30d}}}", "sources.web.retention.event is not a setting here; did you mean 'events'?")]
    [InlineData("sources: {web: {max_age: 3y}}", "sources.web.max_age is '3y', but events are kept for 730 days")]
    public void A_mistake_is_told_with_its_place(string yml, string told)
    {
        using var project = new TemporaryProject().With("weir.yml", yml);
        Should.Throw<WeirException>(() => ProjectFile.Read(project.Folder, null, null)).Message.ShouldContain(told);
    }

    [Fact]
    public async Task The_command_shows_what_is_due_then_removes_it_and_the_account_is_proven()
    {
        using var project = new TemporaryProject().With("weir.yml", Yml).With("a.ndjson", "{\"sku\":\"A\"}\n{\"sku\":\"B\"}\n");
        (await project.RunAsync("load", project["a.ndjson"], "--source", "prices")).ShouldSucceed();
        foreach (var _ in (int[])[1, 2])
            (await project.RunAsync("retention", "--plan", "--format", "csv")).ShouldSucceed().Output.ShouldContain(",1,2,", Case.Sensitive); // a file of two events; not kept outside production
        (await project.RunAsync("retention")).ShouldSucceed().Error.ShouldContain("1 files went");
        Directory.GetFiles(project.Folder, "*.raw", SearchOption.AllDirectories).ShouldBeEmpty();
        (await project.RunAsync("retention", "--plan")).ShouldSucceed().Error.ShouldContain("Nothing is due");
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
    }

    [Fact]
    public async Task The_land_role_removes_by_itself()
    {
        using var project = new TemporaryProject().With("weir.yml", Yml).With("a.ndjson", "{\"sku\":\"A\"}\n");
        using var workspace = new Workspace(ProjectFile.Read(project.Folder, null, null), TimeProvider.System);
        await workspace.Intake(TimeSpan.Zero).TakeAsync(workspace.Settings.Source("prices"), project["a.ndjson"], CancellationToken.None);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var landing = new LandRole(workspace, workspace.Settings.CommitInterval).RunAsync(stop.Token);
        while (Directory.GetFiles(project.Folder, "*.raw", SearchOption.AllDirectories).Length > 0)
        {
            if (landing.IsCompleted) await landing;
            await Task.Delay(20, stop.Token);
        }
        workspace.Lake.Positions.Values.Sum().ShouldBe(1);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(landing);
    }
}
