using System.CommandLine;
using System.Text;
using Weir.Configuration;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Supervision;

namespace Weir.Commands;

/// <summary><c>weir journal move --to kafka|files [--plan]</c>: what is appended from now on goes there, and the journal before is landed to its end: files, or topics of another prefix.</summary>
internal static class MoveJournal
{
    private const string Kafka = "kafka";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "Where events are appended from now on: kafka, or files", Required = true, HelpName = "PLACE" };
        to.AcceptOnlyFromAmong(Kafka, "files");
        var plan = new Option<bool>("--plan") { Description = "Show what would be done, and change nothing" };
        return new Command("move", "Append to Kafka, or to files, from now on, and land the journal before to its end").With(to, plan).Does(async (result, cancellationToken) =>
        {
            var (settings, place) = (result.Settings(), result.GetValue(to)!);
            if (settings.Journal.Kafka is null)
                throw new WeirException("WEIR1060", $"There is no journal.kafka in {FileOf(settings)}: say there where the brokers are. Nothing was changed.");
            if (place == Kafka) await PrepareAsync(settings);
            if (result.GetValue(plan))
            {
                People.Say($"  {FileOf(settings)}: journal.type would be {place}; now it is {(settings.Journal.IsKafka ? Kafka : "files")}. Nothing was changed.");
                return ExitCodes.Ok;
            }
            if (settings.Journal.IsKafka != (place == Kafka)) await SwitchAsync(settings, place, cancellationToken);
            return await LandAsync(ProjectFile.Read(settings.Folder, settings.Environment, settings.DataFolder), cancellationToken);
        });
    }

    private static string FileOf(ProjectSettings settings) => Path.Combine(settings.Folder, ProjectFile.Name);

    /// <summary>All that can go wrong goes wrong before anything is changed.</summary>
    private static async Task PrepareAsync(ProjectSettings settings)
    {
        var cluster = settings.Journal.Kafka!;
        var check = new KafkaCheck(cluster, [.. KafkaTopics.Of(settings).Where(t => t.IsOwn)], writes: true, TimeProvider.System);
        await check.ReachAsync();
        await check.LogInAsync();
        await using (var writer = new KafkaJournalWriter(cluster, settings.Sources.Where(s => s.WriteKeys.Count > 0).ToDictionary(s => s.Name, s => s.IdFields, StringComparer.Ordinal), null, TimeProvider.System))
            await writer.PrepareAsync();
        People.Good($"Kafka at {cluster.Brokers}: {await check.TopicsAsync()}");
    }

    private static async Task SwitchAsync(ProjectSettings settings, string place, CancellationToken cancellationToken)
    {
        var file = FileOf(settings);
        var before = await File.ReadAllTextAsync(file, cancellationToken);
        var collecting = Collector(settings);
        var temporary = $"{file}.{Guid.NewGuid():n}.tmp";
        await File.WriteAllTextAsync(temporary, JournalType.Replace(before, settings.Environment, place) ?? before, new UTF8Encoding(false), cancellationToken);
        File.Move(temporary, file, overwrite: true);
        if (ProjectFile.Read(settings.Folder, settings.Environment, settings.DataFolder).Journal.IsKafka != (place == Kafka))
        {
            await File.WriteAllTextAsync(file, before, CancellationToken.None);
            throw new WeirException("WEIR1061", $"journal.type could not be changed in {file}, which is as it was. Set it to {place} by hand; then run this again, and the journal before is landed to its end.");
        }
        People.Good($"{file}: journal.type is {place} now");
        if (collecting is null) return;
        for (var begun = TimeProvider.System.GetTimestamp(); Collector(settings) is not { State: "running" } now || now.ProcessId == collecting.ProcessId;)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience) throw new WeirException("WEIR1062", $"The running 'weir up' has not started its collector anew within {Patience.TotalSeconds:0} s: look at its output. {file} says {place}; nothing is lost. Run this again once it has.");
            await Task.Delay(Look, cancellationToken);
        }
        People.Good("The running collector appends there");
    }

    private static RoleStatus? Collector(ProjectSettings settings) =>
        RolesFile.Read(settings.DataFolder, Storage.LocalDisk.Instance)?.Roles.FirstOrDefault(r => r.Name == "collect");

    private static async Task<int> LandAsync(ProjectSettings settings, CancellationToken cancellationToken)
    {
        using var workspace = new Workspace(settings, TimeProvider.System);
        List<IEventStream> before = settings.Journal.IsKafka
            ? [.. workspace.OpenOwnStreams().Where(s => !s.Id.StartsWith("file/", StringComparison.Ordinal)), .. workspace.Kafka!.OpenEarlier()]
            : [.. workspace.Kafka!.Open()];
        var heads = before.ToDictionary(s => s.Id, s => s.ReadHead(), StringComparer.Ordinal);
        if (!Landing.Tell(await Landing.RunAsync(workspace, heads.Keys, cancellationToken))) return ExitCodes.Failed;
        var positions = workspace.Lake.Positions;
        var missing = heads.Sum(h => Math.Max(0, h.Value - positions.GetValueOrDefault(h.Key)));
        if (missing > 0) throw new WeirException("WEIR1016", $"{missing:N0} events of the journal before have not landed. They are safe, and land on; run this again to see it through.");
        People.Good($"The journal before has landed to its end: {heads.Values.Sum():N0} events in {heads.Count:N0} streams");
        return ExitCodes.Ok;
    }
}
