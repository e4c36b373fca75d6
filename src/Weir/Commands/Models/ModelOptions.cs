using System.CommandLine;
using System.Globalization;
using Weir.Models;

namespace Weir.Commands.Models;

/// <summary>The options of the commands about models; their names are dbt's.</summary>
internal sealed class ModelOptions
{
    public readonly Option<string[]> Select = Selectors("--select", "What to build: names, +name, name+, tag:, path:, state:modified …", "-s");
    public readonly Option<string[]> Exclude = Selectors("--exclude", "What to leave out");
    public readonly Option<string?> Selector = new("--selector") { Description = "A selector of selectors.yml", HelpName = "NAME" };
    public readonly Option<IndirectSelection?> Indirect = new("--indirect-selection") { Description = "Which tests come with chosen nodes [default: eager]" };
    public readonly Option<string[]> Types = new("--resource-type") { Description = "Only nodes of this type", HelpName = "TYPE" };
    public readonly Option<string[]> NotTypes = new("--exclude-resource-type") { Description = "No nodes of this type", HelpName = "TYPE" };
    public readonly Option<string?> Vars = new("--vars") { Description = "Variables for var(), as YAML", HelpName = "YAML" };
    public readonly Option<string?> Target = new("--target", "-t") { Description = "The output of profiles.yml; in a Weir project what templates see as target.name", HelpName = "NAME" };
    public readonly Option<string?> Profile = new("--profile") { Description = "The profile of profiles.yml", HelpName = "NAME" };
    public readonly Option<string?> Profiles = new("--profiles-dir") { Description = "The folder of profiles.yml", HelpName = "DIR" };
    public readonly Option<string?> State = new("--state") { Description = "The artifacts of an earlier run, for state:, result: and --defer", HelpName = "DIR" };
    public readonly Option<string?> TargetPath = new("--target-path") { Description = "Where artifacts are written", HelpName = "DIR" };
    public readonly Option<bool> Full = new("--full-refresh") { Description = "Build incremental models whole" };
    public readonly Option<bool> Empty = new("--empty") { Description = "Every ref and source gives no rows" };
    public readonly Option<bool> FailFast = new("--fail-fast", "-x") { Description = "Stop at the first failure" };
    public readonly Option<bool> WarnError = new("--warn-error") { Description = "Warnings fail" };
    public readonly Option<bool> StoreFailures = new("--store-failures") { Description = "Tests keep the rows they find" };
    public readonly Option<bool> FullAudit = new("--full-audit") { Description = "Tests read whole tables on incremental runs too" };
    public readonly Option<bool> Explain = new("--explain") { Description = "Tell of each model what of it was made anew, and why" };
    public readonly Option<bool> Defer = new("--defer") { Description = "Read what is not here from where --state says it lies" };
    public readonly Option<int?> Threads = new("--threads") { Description = "How many nodes are built at once", HelpName = "N" };
    public readonly Option<string> Publish = new Option<string>("--publish") { Description = "together: one transaction after the checks; as-dbt: node by node", DefaultValueFactory = _ => "together", HelpName = "MODE" }.AcceptOnlyFromAmong("together", "as-dbt");
    public readonly Option<string?> From = new("--event-time-start") { Description = "Microbatch models: from this time, UTC", HelpName = "TIME" };
    public readonly Option<string?> Until = new("--event-time-end") { Description = "Microbatch models: until this time, UTC", HelpName = "TIME" };

    /// <summary>Which part of the project, and how it is read.</summary>
    public IEnumerable<Option> OfSelection => [Select, Exclude, Selector, Indirect, Types, NotTypes, .. OfProject, State];

    public IEnumerable<Option> OfProject => [Vars, Target, Profile, Profiles, TargetPath, WarnError];

    public IEnumerable<Option> OfBuild => [.. OfSelection, Full, Empty, FailFast, StoreFailures, FullAudit, Explain, Defer, Threads, Publish, From, Until];

    /// <param name="command">What is asked for; null for commands that make nothing.</param>
    public BuildRequest Request(ParseResult result, BuildCommand? command, string targetFolder) => new(result.GetValue(Select) ?? [], result.GetValue(Full))
    {
        Command = command ?? BuildCommand.Build,
        Exclude = result.GetValue(Exclude) ?? [],
        Selector = result.GetValue(Selector),
        Indirect = result.GetValue(Indirect),
        ResourceTypes = result.GetValue(Types) ?? [],
        ExcludeResourceTypes = result.GetValue(NotTypes) ?? [],
        State = result.GetValue(State),
        Empty = result.GetValue(Empty),
        FailFast = result.GetValue(FailFast),
        WarnError = result.GetValue(WarnError),
        StoreFailures = result.GetValue(StoreFailures),
        FullAudit = result.GetValue(FullAudit),
        Explain = result.GetValue(Explain),
        Defer = result.GetValue(Defer),
        Publish = result.GetValue(Publish) == "as-dbt" ? PublishMode.AsDbt : PublishMode.Together,
        EventTimeStart = Time(result, From),
        EventTimeEnd = Time(result, Until),
        TargetFolder = targetFolder,
    };

    /// <summary>How the project is read.</summary>
    public ProjectOptions Options(ParseResult result, ModelTarget target) => new()
    {
        Vars = Given(result),
        Target = result.GetValue(Threads) is { } threads ? target with { Threads = Math.Max(1, threads) } : target,
        WarnError = result.GetValue(WarnError),
        Command = result.CommandResult.Command.Name,
    };

    public IReadOnlyDictionary<string, object?> Given(ParseResult result) => ProjectVars.Parse(result.GetValue(Vars) ?? "");

    /// <summary>The command for the process that has the warehouse: paths are those of this process's folder.</summary>
    public IReadOnlyList<string> ForOwner(ParseResult result)
    {
        var words = result.Tokens.Select(token => token.Value).ToList();
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == State.Name || words[i] == TargetPath.Name) words[i + 1] = Path.GetFullPath(words[i + 1]);
        }
        return words;
    }

    private static DateTime? Time(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } text) return null;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new WeirException("WEIR7046", $"{option.Name} is '{text}', which is no time. Write a date or a time in UTC: {option.Name} 2026-01-31, {option.Name} 2026-01-31T06:00:00.");
    }

    private static Option<string[]> Selectors(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, AllowMultipleArgumentsPerToken = true, HelpName = "SELECTOR" };
}
