using System.CommandLine;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Supervision;
using Weir.Storage;

namespace Weir.Commands;

/// <summary><c>weir up [--port N] [--collect-port M] [--land-port L] [--roles ROLES]</c>.</summary>
internal static class UpCommand
{
    public const int StudioPort = 8787;
    public const int CollectPort = 8788;

    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The Studio's port on 127.0.0.1", DefaultValueFactory = _ => StudioPort, HelpName = "N" };
        var collectPort = new Option<int>("--collect-port") { Description = "The collector's port on 127.0.0.1", DefaultValueFactory = _ => CollectPort, HelpName = "M" };
        var landPort = new Option<int?>("--land-port") { Description = "Where landing answers GET /health on 127.0.0.1; nowhere unless set", HelpName = "L" };
        var roles = new Option<string>("--roles") { Description = "Which of collect, land and serve run on this machine, comma-separated; all unless some are named", DefaultValueFactory = _ => "collect,land,serve", HelpName = "ROLES" };
        roles.Validators.Add(result =>
        {
            if (result.GetValue(roles)!.Split(',', StringSplitOptions.TrimEntries).Except(RolePlan.Names).FirstOrDefault() is { } unknown)
                result.AddError($"'{unknown}' is no role; --roles takes some of {string.Join(", ", RolePlan.Names)}, comma-separated.");
        });
        return new Command("up", "Collect, land, build and serve the Studio until Ctrl-C").With(port, collectPort, landPort, roles).Does(async (result, cancellationToken) =>
        {
            var settings = result.Settings();
            var named = result.GetValue(roles)!.Split(',', StringSplitOptions.TrimEntries);
            var (serves, collects) = (named.Contains("serve"), named.Contains("collect"));
            var studio = serves ? Ports.Require(result.GetValue(port), "the Studio", "--port") : result.GetValue(port);
            var collect = collects ? Ports.Require(result.GetValue(collectPort), "the collector", "--collect-port") : result.GetValue(collectPort);
            int? land = result.GetValue(landPort) is { } asked && named.Contains("land") ? Ports.Require(asked, "landing's health", "--land-port") : null;
            var plans = RolePlan.All(settings.Roles, studio, collect, land).Where(p => named.Contains(p.Name)).ToList();
            string[] work = [.. serves ? [$"Studio on http://127.0.0.1:{studio}/"] : Array.Empty<string>(), .. collects ? [$"collecting on http://127.0.0.1:{collect}/"] : Array.Empty<string>(), .. named.Contains("land") && !serves && !collects ? ["landing"] : Array.Empty<string>()];
            return await new Supervisor(settings, plans, LocalDisk.Instance, TimeProvider.System).RunAsync(() => People.Good($"{string.Join(", ", work)}; Ctrl-C stops"), cancellationToken);
        });
    }
}
