using System.CommandLine;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Supervision;
using Weir.Storage;

namespace Weir.Commands;

/// <summary><c>weir up [--port N] [--collect-port M]</c>.</summary>
internal static class UpCommand
{
    public const int StudioPort = 8787;
    public const int CollectPort = 8788;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The Studio's port on 127.0.0.1", DefaultValueFactory = _ => StudioPort, HelpName = "N" };
        var collectPort = new Option<int>("--collect-port") { Description = "The collector's port on 127.0.0.1", DefaultValueFactory = _ => CollectPort, HelpName = "M" };
        return new Command("up", "Collect, land, build and serve the Studio until Ctrl-C").With(port, collectPort).Does(async (result, cancellationToken) =>
        {
            var settings = result.Settings();
            var studio = Ports.Require(result.GetValue(port), "the Studio", "--port");
            var collect = Ports.Require(result.GetValue(collectPort), "the collector", "--collect-port");
            return await new Supervisor(settings, RolePlan.All(settings.Roles, studio, collect), LocalDisk.Instance, TimeProvider.System).RunAsync(
                () => People.Good($"Studio on http://127.0.0.1:{studio}/, collecting on http://127.0.0.1:{collect}/; Ctrl-C stops"), cancellationToken);
        });
    }
}
