using System.CommandLine;
using Weir.Configuration;
using Weir.Land.Contracts;
using Weir.Output;

namespace Weir.Commands;

/// <summary><c>weir contracts list|check|test</c>: they read the project's files, and no data.</summary>
internal static class ContractsCommand
{
    public static Command Create() => new("contracts", "What events must be, and how old versions become new ones") { List(), Check(), Test() };

    private static Command List() => new Command("list", "Show the contracts, their versions and what in them is personal").Does((result, _) =>
    {
        var contracts = ContractSet.Load(result.Settings().Folder).Summarize();
        new Rows(["contract", "events", "versions", "personal", "defaults", "examples"],
            [.. contracts.Select(c => (IReadOnlyList<object?>)[c.Name, Text(c.Events), Text(c.Versions), Text(c.Personal), Text(c.Defaults), c.Examples])]).Write(Console.Out, result.GetValue(CommonOptions.Format));
        return Task.FromResult(ExitCodes.Ok);
    });

    private static Command Check() => new Command("check", "Say whether the contracts are right, and what in them is wrong").Does((result, _) =>
    {
        var settings = result.Settings();
        var contracts = ContractSet.Load(settings.Folder).Summarize();
        foreach (var migration in contracts.SelectMany(c => c.WithoutExamples)) People.Warn($"{migration} has no example: nothing shows that it is right");
        var versions = contracts.SelectMany(c => c.Versions).ToHashSet();
        foreach (var source in settings.Sources.Where(s => s.SchemaVersion is { } version && !versions.Contains(version)))
            People.Warn($"{ProjectFile.Name}: source '{source.Name}' declares schema_version {source.SchemaVersion}, which no contract has: its events that name none will be quarantined");
        if (contracts.Count == 0) People.Say($"There are no contracts: no folder in {Path.Combine(settings.Folder, ContractSet.Folder)}");
        else People.Good($"{Count(contracts.Count, "contract")} with {Count(contracts.Sum(c => c.Versions.Count), "version")} and {Count(contracts.Sum(c => c.Versions.Count - 1), "migration")}: all right");
        return Task.FromResult(ExitCodes.Ok);
    });

    private static Command Test() => new Command("test", "Run the examples of the migrations; exit code 1 if one does not hold").Does((result, _) =>
    {
        var results = ContractSet.Load(result.Settings().Folder).TestExamples();
        new Rows(["contract", "migration", "example", "result"],
            [.. results.Select(r => (IReadOnlyList<object?>)[r.Contract, r.Migration, r.Example, r.Difference is null ? "ok" : "failed"])]).Write(Console.Out, result.GetValue(CommonOptions.Format));
        var failed = results.Where(r => r.Difference is not null).ToList();
        foreach (var one in failed) People.Bad($"{one.Place}: {one.Difference}");
        if (failed.Count == 0) People.Good($"{Count(results.Count, "example")}: all hold");
        else People.Say($"  {failed.Count:N0} of {Count(results.Count, "example")} failed");
        return Task.FromResult(failed.Count == 0 ? ExitCodes.Ok : ExitCodes.BuildFailed);
    });

    private static string Text(IReadOnlyList<string> values) => string.Join(", ", values);

    private static string Count(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
