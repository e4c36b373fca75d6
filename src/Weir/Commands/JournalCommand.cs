using System.CommandLine;
using Weir.Journal;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir journal drop-corrupt --stream ID --from N --to N [--plan]</c>.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "Decide what only a person may decide about the journal") { DropCorrupt(), MoveJournal.Create() };

    private static Command DropCorrupt()
    {
        var id = new Option<string>("--stream") { Description = "The stream's id, as the message of WEIR2005 names it", Required = true, HelpName = "ID" };
        var from = new Option<long>("--from") { Description = "The first ordinal that cannot be read", Required = true, HelpName = "N" };
        var to = new Option<long>("--to") { Description = "The last ordinal that cannot be read", Required = true, HelpName = "N" };
        var plan = new Option<bool>("--plan") { Description = "Show what would be given up, and change nothing" };
        return new Command("drop-corrupt", "Give up a damaged part of a stream: its events become dropped: corrupt, and landing goes on").With(id, from, to, plan).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var (name, first, last) = (result.GetValue(id)!, result.GetValue(from), result.GetValue(to));
            var stream = workspace.OpenStreams().FirstOrDefault(s => s.Id == name)
                ?? throw new WeirException("WEIR2023", $"There is no stream '{name}' in {workspace.Settings.DataFolder}. Name it as the message of WEIR2005 or 'weir account' does; nothing was changed.");
            if (workspace.Lake.Positions.GetValueOrDefault(name) is var position && position > first)
                throw new WeirException("WEIR2024", $"Stream '{name}' has landed up to ordinal {position - 1}: ordinals {first} to {Math.Min(last, position - 1)} are in the lake, and only their received bytes are damaged. Nothing was changed; restore the file from a copy.");
            var drop = await JournalDrop.PlanAsync(stream, first, last + 1, cancellationToken);
            Tell(drop);
            if (result.GetValue(plan))
            {
                People.Say("  Nothing was changed: without --plan it would be.");
                return ExitCodes.Ok;
            }
            JournalDrop.Drop(drop, Environment.UserName, workspace.Time.GetUtcNow());
            People.Good($"{drop.To - drop.From:N0} events of {stream.Source} are given up. Landing goes on behind them: a running 'weir up' by itself, else 'weir land'. The account shows them as dropped");
            return ExitCodes.Ok;
        });
    }

    private static void Tell(DropPlan drop)
    {
        People.Warn($"{drop.Stream.Source}: {drop.To - drop.From:N0} events, ordinals {drop.From} to {drop.To - 1} of stream {drop.Stream.Id}, were acknowledged and cannot be read");
        People.Say(drop.ToByte > drop.FromByte ? $"  bytes {drop.FromByte} to {drop.ToByte - 1} ({drop.ToByte - drop.FromByte:N0}) of {drop.File}" : $"  the file is gone: {drop.File}");
        People.Say($"  before them: {drop.Before ?? "nothing that can be read"}");
        People.Say($"  after them: {drop.After ?? "nothing that can be read"}");
        People.Say($"  accounted in the hour {drop.Hour:yyyy-MM-dd HH}:00 UTC as dropped: corrupt; a copy of the file that is found later cannot bring them back");
    }
}
