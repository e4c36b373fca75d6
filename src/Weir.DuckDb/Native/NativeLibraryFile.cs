using System.Reflection;
using System.Runtime.InteropServices;

namespace Weir.DuckDb.Native;

/// <summary>Finds libduckdb: what <c>DUCKDB_LIBRARY</c> names, else the file beside the program, else the system's.</summary>
internal static class NativeLibraryFile
{
    internal const string ImportName = "duckdb";
    internal const string Variable = "DUCKDB_LIBRARY";

    private static readonly Lock Gate = new();
    private static nint loaded;
    private static bool resolverSet;

    internal static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <summary>Loads the library once. Called before the first use, so that its absence is an error with a name.</summary>
    /// <exception cref="WeirException">WEIR8002: it cannot be loaded, or is too old.</exception>
    public static unsafe void EnsureLoaded()
    {
        lock (Gate)
        {
            if (loaded != 0)
                return;
            var handle = Load(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory);
            if (!resolverSet)
                NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == ImportName ? loaded : 0);
            resolverSet = true;
            loaded = handle;
        }
    }

    /// <summary>Loads what is named, else what lies in the folder, else what the system finds.</summary>
    internal static nint Load(string? named, string folder)
    {
        var file = string.IsNullOrEmpty(named) ? Path.Combine(folder, FileName) : named;
        try
        {
            var handle = File.Exists(file) || !string.IsNullOrEmpty(named)
                ? NativeLibrary.Load(file)
                : NativeLibrary.Load(ImportName, Assembly.GetExecutingAssembly(), DllImportSearchPath.SafeDirectories);
            // Young enough? `duckdb_appender_create_query` came with 1.4; a file without it would fail later, in the middle of work.
            return NativeLibrary.TryGetExport(handle, "duckdb_appender_create_query", out _) ? handle
                : throw Failure(file, named, "it is older than DuckDB 1.4, or no libduckdb at all", null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw Failure(file, named, exception.Message, exception);
        }
    }

    private static WeirException Failure(string file, string? named, string reason, Exception? inner) => new("WEIR8002",
        $"libduckdb could not be loaded from {file}{(string.IsNullOrEmpty(named) ? "" : $" (named by {Variable})")}: {reason}. " +
        $"Either build again, which copies {FileName} beside the program (it comes with `npm ci` in eng/Assets), " +
        $"or set {Variable} to the full path of a libduckdb 1.5 file for this system ({RuntimeInformation.RuntimeIdentifier}).", inner);
}
