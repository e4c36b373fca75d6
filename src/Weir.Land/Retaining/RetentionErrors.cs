namespace Weir.Land.Retaining;

/// <summary>The codes of retention; each has a page in <c>docs/errors/</c>.</summary>
internal static class RetentionErrors
{
    public static WeirException Busy(string dataFolder, string holder) => new("WEIR5060",
        $"Another process lands into '{dataFolder}' ({holder}), and whoever lands removes by itself, once an hour, what was kept long enough. Nothing was changed by this one; see what is due with --plan.");
}
