using Weir.Connect;
using Weir.Output;
using Weir.Roles;
using Weir.Sources;

namespace Weir.Commands;

/// <summary>Takes files into the data folder, lands them, and tells what became of each: what <c>load</c> and <c>sync</c> share.</summary>
internal static class TakeFiles
{
    public static async Task<int> RunAsync(Workspace workspace, IReadOnlyList<(SourceDefinition Source, string Path)> files, TimeSpan still, CancellationToken cancellationToken)
    {
        var intake = workspace.Intake(still);
        var refused = new List<WeirException>();
        var taken = await People.WithProgress("Taking files", async report =>
        {
            var results = new List<IntakeResult>();
            foreach (var (source, path) in files)
            {
                report((double)(results.Count + refused.Count) / files.Count, Path.GetFileName(path));
                try
                {
                    results.Add(await intake.TakeAsync(source, path, cancellationToken));
                }
                catch (WeirException error)
                {
                    // One file that cannot be taken does not hold up the others.
                    refused.Add(error);
                }
            }
            return results;
        });
        foreach (var result in taken) Tell(result, alone: files.Count <= 10);
        foreach (var error in refused) People.Error(error);
        var records = taken.Where(t => t.Outcome is IntakeOutcome.Taken or IntakeOutcome.Grown).Sum(t => t.Records);
        var news = taken.Count(t => t.Outcome is IntakeOutcome.Taken or IntakeOutcome.Grown);
        People.Good($"{news:N0} of {files.Count:N0} file{(files.Count == 1 ? "" : "s")} new, {records:N0} records received");
        if (!Landing.Tell(await Landing.RunAsync(workspace, [.. taken.Select(t => t.StreamId)], cancellationToken)) || refused.Count > 0) return ExitCodes.Failed;
        return taken.Any(t => t.Outcome is IntakeOutcome.Changed or IntakeOutcome.NotStill) ? ExitCodes.FilesLeft : ExitCodes.Ok;
    }

    private static void Tell(IntakeResult result, bool alone)
    {
        switch (result.Outcome)
        {
            case IntakeOutcome.Changed:
                People.Bad($"{result.Path} was taken before and has changed since: nothing of it is taken. Restore it, or give the new content a new name.");
                break;
            case IntakeOutcome.NotStill:
                People.Warn($"{result.Path} is still being written; it is taken once its size and time are still (intake.still in weir.yml).");
                break;
            case IntakeOutcome.SameAs when alone:
                People.Say($"  {result.Path}: same as {result.SameAs}, nothing received");
                break;
            case IntakeOutcome.Taken or IntakeOutcome.Grown when alone:
                People.Say($"  {result.Path}: {result.Records:N0} records");
                break;
        }
    }
}
