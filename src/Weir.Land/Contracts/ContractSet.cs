using Weir.Land.Contracts.Migrations;
using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts;

/// <summary>The contracts of a project.</summary>
public sealed class ContractSet
{
    /// <summary>The folder of a project that holds them.</summary>
    public const string Folder = "contracts";

    private readonly Dictionary<string, Contract> byEvent = new(StringComparer.Ordinal);

    internal ContractSet(IReadOnlyList<Contract> contracts)
    {
        All = contracts;
        foreach (var contract in contracts)
            foreach (var name in contract.Versions.SelectMany(v => v.Names)) byEvent[name] = contract;
    }

    /// <summary>No contracts.</summary>
    public static ContractSet None { get; } = new([]);

    internal IReadOnlyList<Contract> All { get; }

    /// <summary>Reads the contracts of a project.</summary>
    /// <param name="project">The project's folder.</param>
    /// <exception cref="WeirException">WEIR5110: mistakes in the files, all of them, each with file, line and column.</exception>
    public static ContractSet Load(string project)
    {
        var mistakes = new List<string>();
        var contracts = new ContractsReader(project, mistakes).Read();
        if (mistakes.Count == 0) return new ContractSet(contracts);
        var all = mistakes.Distinct().ToList();
        throw new WeirException("WEIR5110", $"The contracts have {(all.Count == 1 ? "a mistake" : $"{all.Count} mistakes")}:{Environment.NewLine}"
            + string.Join(Environment.NewLine, all.Select(m => $"  {m}")));
    }

    /// <summary>What there is.</summary>
    public IReadOnlyList<ContractSummary> Summarize() => [.. All.Select(ContractSummary.Of)];

    /// <summary>Runs the examples of all migrations.</summary>
    public IReadOnlyList<ExampleResult> TestExamples() => [.. All.SelectMany(ExampleRun.Of)];

    internal Contract? Of(string eventName) => byEvent.GetValueOrDefault(eventName);
}
