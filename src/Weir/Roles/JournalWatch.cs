using Weir.Configuration;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Ends a role well once weir.yml says that the journal is elsewhere: its supervisor starts it again, with the new word.</summary>
internal static class JournalWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Returns when it does, or when cancelled.</summary>
    public static async Task UntilMovedAsync(ProjectSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = Path.Combine(settings.Folder, ProjectFile.Name);
        var seen = File.GetLastWriteTimeUtc(file);
        try
        {
            while (true)
            {
                await Task.Delay(Look, time, cancellationToken);
                if (File.GetLastWriteTimeUtc(file) is var written && written == seen) continue;
                seen = written;
                if (!HasMoved(settings)) continue;
                People.Say("  weir.yml says that the journal is elsewhere now: this role begins anew");
                return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The role ends for another reason.
        }
    }

    private static bool HasMoved(ProjectSettings settings)
    {
        try
        {
            var now = ProjectFile.Read(settings.Folder, settings.Environment, settings.DataFolder).Journal;
            return (now.IsKafka, now.Kafka?.Brokers, now.Kafka?.TopicPrefix) != (settings.Journal.IsKafka, settings.Journal.Kafka?.Brokers, settings.Journal.Kafka?.TopicPrefix);
        }
        catch (Exception e) when (Failures.IsSurvived(e))
        {
            return false; // half saved, or with mistakes: whoever starts next is told
        }
    }
}
