namespace Weir.Roles.Ownership;

/// <summary>Why the owner does not run a command.</summary>
internal static class OwnerErrors
{
    public static WeirException OtherVersion(int process, string owner, string caller) => new("WEIR1019",
        $"The warehouse is open in process {process}, which is Weir {owner}; this is Weir {caller}. Two versions do not share a warehouse: stop that process, and start it again with this version.");

    public static WeirException OtherProject(string environment, string owner, string caller) => new("WEIR1020",
        $"The environment '{environment}' is built from {owner}, where 'weir up' runs; this build comes from {caller}. Build there, or build this project in an environment of its own with --env.");

    public static WeirException Gone(int process) => new("WEIR1021",
        $"Process {process}, which has the warehouse, ended before it had answered. A query can be asked again; a build that was not published has changed nothing.");
}
