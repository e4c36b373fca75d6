using Weir.DuckDb;
using Weir.Models;

namespace Weir.Tests.Models.Corpus;

/// <summary>What Weir made of one step.</summary>
/// <param name="NotRun">Why the step could not be asked of Weir; null when it was.</param>
internal sealed record StepOutcome(int ExitCode, BuildResult? Result, IReadOnlyList<string>? Listed, string Message, string? NotRun = null)
{
    public static async Task<StepOutcome> OfAsync(CorpusProject project, string command)
    {
        try
        {
            var line = DbtCommandLine.Parse(project.Folder, command);
            var loaded = ModelProject.Load(line.ProjectFolder, line.Options);
            switch (line.Verb)
            {
                case "parse":
                    loaded.WriteManifest(line.Request.TargetFolder!, TimeProvider.System);
                    return new StepOutcome(0, null, null, "");
                case "ls":
                    loaded.WriteManifest(line.Request.TargetFolder!, TimeProvider.System);
                    return new StepOutcome(0, null, [.. loaded.List(line.Request, []).Select(node => node.UniqueId)], "");
                case "build" or "run" or "test" or "seed" or "snapshot" or "compile":
                    using (var connection = Open(project))
                    {
                        var result = await new ModelRunner(loaded, TimeProvider.System).BuildAsync(line.Request, connection, null, CancellationToken.None);
                        return new StepOutcome(result.ExitCode, result, null, "");
                    }

                case "freshness":
                    using (var connection = Open(project))
                        return new StepOutcome(SourceFreshness.ExitCode(new ModelRunner(loaded, TimeProvider.System).CheckFreshness(line.Request, connection, CancellationToken.None)), null, null, "");
                case "retry":
                    var retry = Retry.Read(line.Request.TargetFolder!);
                    using (var connection = Open(project))
                    {
                        var again = ModelProject.Load(line.ProjectFolder, line.Options with { Vars = retry.Vars, Command = retry.Command });
                        var result = await new ModelRunner(again, TimeProvider.System).BuildAsync(retry.Request with { TargetFolder = line.Request.TargetFolder }, connection, null, CancellationToken.None);
                        return new StepOutcome(result.ExitCode, result, null, "");
                    }

                default:
                    throw new WeirException("WEIR1001", $"there is no command {line.Verb}");
            }
        }
        catch (WeirException wrong)
        {
            return new StepOutcome(2, null, null, wrong.Message);
        }
        catch (NotSupportedException missing)
        {
            return new StepOutcome(0, null, null, "", missing.Message);
        }
    }

    public static DuckDBConnection Open(CorpusProject project)
    {
        var connection = new DuckDBConnection($"Data Source={project.Warehouse};threads=1");
        connection.Open();
        connection.Execute("set timezone = 'UTC'");
        return connection;
    }
}
