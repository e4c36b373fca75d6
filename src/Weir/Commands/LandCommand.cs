using System.CommandLine;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir land</c>.</summary>
internal static class LandCommand
{
    public static Command Create() => new Command("land", "Land what has been received: validate, dedupe, quarantine, commit to the lake").Does(async (result, cancellationToken) =>
    {
        using var workspace = new Workspace(result.Settings(), TimeProvider.System);
        var landed = await Landing.RunAsync(workspace, null, cancellationToken);
        if (landed.Events == 0 && landed.Problems.Count == 0) People.Good("Nothing waits: everything received has landed");
        return Landing.Tell(landed) ? ExitCodes.Ok : ExitCodes.Failed;
    });
}
