using System.Globalization;
using System.Text.Json;
using Weir.Models.Jinja;
using Weir.Models.Select;

namespace Weir.Models;

/// <summary>The last run once more, for what failed in it and what that held back.</summary>
/// <param name="Command">The command of the last run: <c>build</c>, <c>run</c> …</param>
/// <param name="Vars">Its variables.</param>
/// <param name="Target">Its target; null when it does not say.</param>
/// <param name="Request">What is left to do; <see cref="IsEmpty"/> when nothing is.</param>
public sealed record Retry(string Command, IReadOnlyDictionary<string, object?> Vars, string? Target, BuildRequest Request)
{
    private static readonly string[] Again = ["error", "fail", "skipped", "partial success", "runtime error"];

    /// <summary>Whether the last run left nothing to do.</summary>
    public bool IsEmpty => Request.Only!.Count == 0;

    /// <param name="folder">The folder with the run_results.json of the last run.</param>
    /// <exception cref="WeirException">WEIR7043: there is no last run. WEIR7044: it was no run that can be done again.</exception>
    public static Retry Read(string folder)
    {
        var run = new PreviousRun(folder);
        var arguments = run.Arguments;
        var command = arguments.TryGetProperty("which", out var which) ? which.GetString() ?? "" : "";
        if (!Enum.TryParse<BuildCommand>(command, ignoreCase: true, out var parsed))
            throw new WeirException("WEIR7044", $"the last run was '{command}', which cannot be tried again. There are: build, run, test, seed, snapshot, compile.");
        var vars = arguments.TryGetProperty("vars", out var given) && given.ValueKind == JsonValueKind.Object ? Context.Plain.From(Native.From(given)) as IReadOnlyDictionary<string, object?> : null;
        return new Retry(command, vars ?? new Dictionary<string, object?>(), arguments.TryGetProperty("target", out var target) ? target.GetString() : null, new BuildRequest([], Flag(arguments, "full_refresh"))
        {
            Command = parsed,
            Only = run.Statuses.Where(status => Again.Contains(status.Value)).Select(status => status.Key).ToHashSet(),
            Empty = Flag(arguments, "empty"),
            StoreFailures = Flag(arguments, "store_failures"),
            WarnError = Flag(arguments, "warn_error"),
            FailFast = Flag(arguments, "fail_fast"),
            EventTimeStart = Time(arguments, "event_time_start"),
            EventTimeEnd = Time(arguments, "event_time_end"),
            OnlyBatches = run.FailedBatches,
            Publish = arguments.TryGetProperty("publish", out var mode) && mode.GetString() == "as-dbt" ? PublishMode.AsDbt : PublishMode.Together,
        });
    }

    private static DateTime? Time(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? DateTime.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
        : null;

    private static bool Flag(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
