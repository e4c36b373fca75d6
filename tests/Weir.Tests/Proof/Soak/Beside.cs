using System.Diagnostics;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Proof.Soak;

/// <summary>Somebody who works beside it: queries, builds and proofs, one after another. None may fail, and none may see a half state.</summary>
internal sealed class Beside(SoakPlan plan, TemporaryProject project, Stopwatch clock, Faults faults)
{
    /// <summary>Two models of one build over the same events, and the newest hour's events each once.</summary>
    private const string Question =
        """
        select (select n from soak_first) = (select n from soak_second) as same_build,
            (select count(*) = count(distinct event_id) from lake.events where event_time > now() - interval 10 minutes) as each_once,
            (select count(*) from lake.events where event is null or event_id is null) as torn
        """;

    private static readonly string[][] Commands =
    [
        ["query", Question, "--format", "csv"], ["account", "--format", "csv"], ["build"], ["land"], ["query", Question, "--format", "csv"], ["account", "--verify", "--format", "csv"],
    ];

    public Dictionary<string, int> Ran { get; } = [];

    public int Excused { get; private set; }

    public List<string> Unexcused { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await Task.Delay(plan.CommandEvery, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            var command = Commands[i % Commands.Length];
            // Query and build reach the warehouse through its owner only.
            if (Knows(command) && (command[0] is "account" or "land" || File.Exists(project[".weir/local/run/owner.json"]))) await RunAsync(command);
        }
    }

    /// <summary>Whether the program has it already.</summary>
    public static bool Knows(params string[] command) => Cli.Create().Parse(command).Errors.Count == 0;

    private async Task RunAsync(string[] command)
    {
        var from = clock.Elapsed;
        var result = await project.RunAsync(command);
        var name = string.Join(' ', command.Where(c => c is not (Question or "--format" or "csv")));
        Ran[name] = Ran.GetValueOrDefault(name) + 1;
        var wrong = result.ExitCode != 0 ? $"ended with {result.ExitCode}: {result.Error}"
            : command[0] == "query" && !result.Output.ReplaceLineEndings("\n").EndsWith("\ntrue,true,0\n", StringComparison.Ordinal) ? $"saw a half state: {result.Output}"
            : null;
        if (wrong is null) return;
        // A command that was under way in a process when that was killed is cut, and says so; what it says it saw is never excused.
        if (result.ExitCode != 0 && faults.Excuses(from, clock.Elapsed, "serve")) Excused++;
        else Unexcused.Add($"{from:mm\\:ss} weir {name} {wrong}");
    }
}
