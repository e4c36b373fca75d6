using System.CommandLine;
using Weir.Configuration;
using Weir.DuckDb;
using Weir.Journal.Kafka;
using Weir.Lake;
using Weir.Lake.S3;
using Weir.Models;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;
using Weir.Roles.Supervision;

namespace Weir.Commands;

/// <summary><c>weir doctor</c>: is everything here that Weir needs, and in order?</summary>
internal static class DoctorCommand
{
    private const long LittleSpace = 2_000_000_000;

    public static Command Create() => new Command("doctor", "Check the machine, the project and the data folder").Does((result, _) =>
    {
        var wrong = 0;
        bool Check(string what, Func<string> look)
        {
            try
            {
                People.Good($"{what}: {look()}");
                return true;
            }
            catch (Exception error) when (error is WeirException or IOException or UnauthorizedAccessException or DuckDBException or DllNotFoundException)
            {
                wrong++;
                People.Bad($"{what}: {(error is WeirException weir ? $"{weir.Code} " : "")}{error.Message}");
                return false;
            }
        }

        Check(".NET", () => Environment.Version.ToString());
        Check("DuckDB", () =>
        {
            using var connection = new DuckDBConnection("Data Source=:memory:");
            connection.Open();
            return connection.Scalar<string>("select version()")!;
        });
        ProjectSettings? settings = null;
        Check("Project", () =>
        {
            settings = result.Settings();
            return $"{settings.Name} in {settings.Folder}, environment {settings.Environment}, {settings.Sources.Count} sources";
        });
        if (settings is not null)
        {
            using var workspace = new Workspace(settings, TimeProvider.System);
            Check("Data folder", () => CheckFolder(workspace));
            if (settings.Journal.Kafka is { } cluster)
            {
                var kafka = new KafkaCheck(cluster, KafkaTopics.Of(settings), settings.Journal.IsKafka, workspace.Time);
                foreach (var (what, look) in new (string, Func<Task<string>>)[] { ("Kafka's brokers", kafka.ReachAsync), ("Kafka's login", kafka.LogInAsync), ("Kafka's topics", kafka.TopicsAsync) })
                    if (!Check(what, () => look().GetAwaiter().GetResult())) break;
            }
            Check("Journal and files", () => $"{workspace.OpenStreams().Count:N0} streams, {workspace.OpenStreams().Sum(s => s.ReadHead()):N0} events received");
            Check("Lake", () => CheckLake(workspace));
            Check("Models", () => $"{ModelProject.Load(settings.Folder).Nodes.Count(n => n.ResourceType == "model"):N0} models");
            foreach (var role in RolesFile.Read(settings.DataFolder, workspace.Disk)?.Roles ?? []) Check($"Role {role.Name}", () => RoleHealth.Describe(role, workspace));
            Check("Warehouse", () =>
            {
                if (OwnerFile.Read(settings.DataFolder) is { } owner) return $"{workspace.WarehousePath}, open in process {owner.ProcessId}";
                using var warehouse = workspace.OpenWarehouse();
                return workspace.WarehousePath;
            });
        }
        People.Say(wrong == 0 ? "All is well." : $"{wrong} of the checks above {(wrong == 1 ? "needs" : "need")} a person.");
        return Task.FromResult(wrong == 0 ? ExitCodes.Ok : ExitCodes.Failed);
    });

    private static string CheckFolder(Workspace workspace)
    {
        var folder = workspace.Settings.DataFolder;
        var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():n}");
        using (var file = workspace.Disk.Create(probe))
        {
            file.Append("weir"u8);
            file.Sync();
        }
        workspace.Disk.Delete(probe);
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < LittleSpace)
            throw new WeirException("WEIR1011", $"Only {free / 1_000_000:N0} MB are free for {folder}; below {LittleSpace / 1_000_000:N0} MB landing may stop. Free some space, or choose another folder with --data.");
        return $"{folder}, writable, {free / 1_000_000_000:N0} GB free";
    }

    private static string CheckLake(Workspace workspace)
    {
        var place = "";
        if (workspace.Lake.Disk is S3LakeDisk s3)
        {
            s3.Check();
            place = $"{s3.Url}, which keeps one writer from overwriting another, ";
        }
        var snapshot = workspace.Lake.ReadSnapshot();
        return $"{place}version {snapshot.LedgerVersion:N0}, {snapshot.Tables.Count:N0} tables, {snapshot.Tables.Values.Sum(t => t.Files.Count):N0} files";
    }
}
