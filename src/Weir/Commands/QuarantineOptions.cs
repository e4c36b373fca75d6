using System.CommandLine;
using Weir.Land.Quarantines;
using Weir.Roles;

namespace Weir.Commands;

/// <summary>The options that choose events in quarantine.</summary>
internal sealed class QuarantineOptions
{
    public Option<string?> Source { get; } = new("--source") { Description = "Only of this source", HelpName = "NAME" };

    public Option<string?> Reason { get; } = new("--reason") { Description = "Only for this reason", HelpName = "CODE" };

    public Option<string?> Event { get; } = new("--event") { Description = "Only with this name", HelpName = "NAME" };

    public Option<DateTimeOffset?> From { get; } = new("--from") { Description = "Only what was received from this hour on (UTC unless it says otherwise)", HelpName = "TIME", CustomParser = Hours.Parse };

    public Option<DateTimeOffset?> To { get; } = new("--to") { Description = "Only what was received before this hour", HelpName = "TIME", CustomParser = Hours.Parse };

    public IReadOnlyList<Symbol> All => [Source, Reason, Event, From, To];

    public QuarantineFilter Read(ParseResult result, Workspace workspace) => new(
        result.GetValue(Source) is { } source ? workspace.Settings.Source(source).Name : null, result.GetValue(Reason), result.GetValue(Event) is { } name ? [name] : null,
        result.GetValue(From)?.UtcDateTime, result.GetValue(To)?.UtcDateTime);
}
