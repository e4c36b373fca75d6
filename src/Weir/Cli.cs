using System.CommandLine;
using Weir.Commands;
using Weir.Commands.Live;
using Weir.Commands.Models;

namespace Weir;

/// <summary>The command line: every command and the options that all have.</summary>
internal static class Cli
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Weir: customer analytics in one program, with every event accounted for.")
        {
            DemoCommand.Create(), UpCommand.Create(), SyncCommand.Create(), GenerateCommand.Create(), LandCommand.Create(), LoadCommand.Create(), LineageCommand.Create(),
            AccountCommand.Create(), ContractsCommand.Create(), JournalCommand.Create(), LakeCommand.Create(), QuarantineCommand.Create(), ReplayCommand.Create(), RetentionCommand.Create(), EraseCommand.Create(), IdentityCommand.Create(), QueryCommand.Create(), MetricsCommand.Create(), LagCommand.Create(), InspectCommand.Create(), TraceCommand.Create(), DoctorCommand.Create(), RoleCommand.Create(),
        };
        foreach (var command in ModelCommands.All()) root.Subcommands.Add(command);
        foreach (var option in new Option[] { CommonOptions.Project, CommonOptions.Data, CommonOptions.Environment, CommonOptions.Format }) root.Options.Add(option);
        return root;
    }
}
