namespace Weir.Roles.Supervision;

/// <summary>How this program starts itself again: as it was started, by its own executable or by <c>dotnet</c>.</summary>
internal static class WeirExecutable
{
    public static (string File, IReadOnlyList<string> First) Find()
    {
        var started = Environment.ProcessPath ?? "dotnet";
        // Under 'dotnet weir.dll', and in a test's host, the process is another's executable: then it is told which program to run.
        return Path.GetFileNameWithoutExtension(started) == "weir" ? (started, []) : ("dotnet" == Path.GetFileNameWithoutExtension(started) ? started : "dotnet", [Path.Combine(AppContext.BaseDirectory, "weir.dll")]);
    }
}
