namespace Weir;

/// <summary>What the program's exit code says; documented in <c>docs/cli.md</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;
    /// <summary>A model or test failed; what passed was published.</summary>
    public const int BuildFailed = 1;
    /// <summary>What was asked for by name is not there.</summary>
    public const int NotFound = 1;
    /// <summary>The command line, <c>weir.yml</c> or the project's files are wrong; nothing was changed.</summary>
    public const int Usage = 2;
    /// <summary>The account does not add up.</summary>
    public const int AccountOff = 3;
    /// <summary>Machinery failed (disk, lock, corruption, port); the message has a code with a page in <c>docs/errors/</c>.</summary>
    public const int Failed = 4;
    /// <summary>Files were left alone: changed after they were taken, or not still yet.</summary>
    public const int FilesLeft = 5;
    /// <summary>Stopped by Ctrl-C or SIGTERM before it was done.</summary>
    public const int Cancelled = 130;

    /// <summary>Of the codes 1xxx: those that are not a mistake of whoever gave the command.</summary>
    private static readonly string[] Machinery = ["WEIR1005", "WEIR1010", "WEIR1012", "WEIR1015", "WEIR1016", "WEIR1017", "WEIR1018", "WEIR1019", "WEIR1021", "WEIR1022", "WEIR1031", "WEIR1041", "WEIR1042"];

    /// <summary>Of the other codes: those that are.</summary>
    private static readonly string[] Mistakes = ["WEIR2020", "WEIR2021", "WEIR2022", "WEIR2023", "WEIR2024", "WEIR5041", "WEIR5110", "WEIR5111"];

    /// <summary>The exit code of an error.</summary>
    public static int Of(WeirException error) =>
        Mistakes.Contains(error.Code) || (error.Code.StartsWith("WEIR1", StringComparison.Ordinal) || error.Code.StartsWith("WEIR7", StringComparison.Ordinal)) && !Machinery.Contains(error.Code) ? Usage : Failed;
}
